# Replicas that must not share a node need as many nodes as there are replicas; the others wait for ever.
package natslint.rules["anti-affinity-needs-nodes"]

import data.natslint.lib.greater
import data.natslint.lib.less

violations contains {
	"at": ["servers", i, "workload", "replicas"],
	"case": _case(others),
	"facts": {"replicas": n, "room": room, "others": others},
} if {
	some i, server in input.model.servers
	n := server.workload.replicas
	greater(n, 1)
	short := [[one.room, one.others] |
		some one in server.workload.separation
		one.hard == true
		one.selectsOwnPods == true
		one.topologyKey == "kubernetes.io/hostname"
		less(one.room, n + one.others)
	]
	[room, others] := min(short)
}

_case(others) := "default" if others == 0

_case(others) := "shared" if greater(others, 0)
