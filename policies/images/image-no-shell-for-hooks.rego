# NATS's images are made from scratch unless their tag names a system: there is no shell in them.
package natslint.rules["image-no-shell-for-hooks"]

violations contains {
	"at": ["servers", i, "shellUses", k],
	"facts": {"by": one.by, "program": one.program, "image": server.container.image},
} if {
	some i, server in input.model.servers
	server.shell == false
	is_string(server.container.image)
	some k, one in server.shellUses
	one.by in ["preStop", "postStart"]
}

violations contains {
	"at": ["servers", i, "shellUses", k],
	"case": "probe",
	"facts": {"by": one.by, "program": one.program, "image": server.container.image},
} if {
	some i, server in input.model.servers
	server.shell == false
	is_string(server.container.image)
	some k, one in server.shellUses
	one.by in ["livenessProbe", "readinessProbe", "startupProbe"]
}

violations contains {
	"at": ["servers", i, "shellUses", k],
	"case": "command",
	"facts": {"program": one.program, "image": server.container.image},
} if {
	some i, server in input.model.servers
	server.shell == false
	is_string(server.container.image)
	some k, one in server.shellUses
	one.by == "command"
}
