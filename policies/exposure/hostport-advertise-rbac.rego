# The init container that asks for the node's address is refused, and the pod never starts.
package natslint.rules["hostport-advertise-rbac"]

violations contains {
	"at": ["servers", i, "nodeReader", "fault"],
	"case": _case[fault],
	"facts": {"account": server.nodeReader.account},
} if {
	some i, server in input.model.servers
	fault := server.nodeReader.fault
}

_case := {"none": "default", "role": "role", "namespace": "namespace", "verbs": "verbs"}
