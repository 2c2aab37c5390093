# On fewer than three nodes no cluster survives the loss of one. Where a hard rule already needs more, that is said instead.
package natslint.rules["min-nodes"]

import data.natslint.lib.at_least
import data.natslint.lib.less
import data.natslint.lib.option

violations contains {
	"at": ["servers", i, "workload", "replicas"],
	"facts": {"replicas": n, "nodes": nodes, "least": least},
} if {
	some i in _group
	server := input.model.servers[i]
	least := option("min-nodes", "least")
	n := server.workload.replicas
	at_least(n, least)
	nodes := server.workload.eligibleNodes
	less(nodes, least)
	separation := server.workload.separation
	count({j | some j, one in separation; _has_room(one.hard, one.selectsOwnPods, one.topologyKey, one.room, n, one.others)}) == count(separation)
}

_group contains i if {
	some i, server in input.model.servers
	server.kind == "nats"
	is_object(server.config.cluster)
}

_group contains i if {
	some i, server in input.model.servers
	server.kind == "stan"
	is_object(server.streaming.cluster)
}

# Known not to be short of nodes by a rule that keeps the pods on different ones.
_has_room(hard, _, _, _, _, _) if hard == false

_has_room(_, own, _, _, _, _) if own == false

_has_room(_, _, topologyKey, _, _, _) if topologyKey != "kubernetes.io/hostname"

_has_room(_, _, _, room, _, _) if is_null(room)

_has_room(_, _, _, room, n, others) if at_least(room, n + others)
