# A server needs no rights of root, and where the kubelet is told so it starts none that has them.
package natslint.rules["run-as-root"]

violations contains {
	"at": ["servers", i, "identity", "runAsUser"],
	"facts": {},
} if {
	some i, server in input.model.servers
	server.identity.runAsUser == 0
	server.identity.runAsNonRoot in [null, false]
}

violations contains {
	"at": ["servers", i, "identity", "runAsUser"],
	"case": "refused",
	"facts": {},
} if {
	some i, server in input.model.servers
	server.identity.runAsUser == 0
	server.identity.runAsNonRoot == true
}

violations contains {
	"at": ["servers", i, "identity", "runAsNonRoot"],
	"case": "image",
	"facts": {},
} if {
	some i, server in input.model.servers
	is_null(server.identity.runAsUser)
	server.identity.runAsNonRoot == true
	server.identity.imageIsRoot == true
}
