# A Service sends a share of the connections to pods that do not answer them.
package natslint.rules["service-selector-too-broad"]

violations contains {
	"at": ["servers", i, "services", j, "otherPods"],
	"facts": {"kind": service.otherPods[k].kind},
	"related": [{"at": ["servers", i, "services", j, "otherPods", k], "case": "selected"}],
} if {
	some i, server in input.model.servers
	some j, service in server.services
	k := min([k | some k, _ in service.otherPods])
}
