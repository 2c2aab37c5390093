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
	count({j | some j, _ in separation; [i, j] in _harmless}) == count(separation)
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

# What is known not to be short of nodes for keeping the pods on different ones.
_harmless contains [i, j] if {
	some [i, j, one] in _rules
	one.hard == false
}

_harmless contains [i, j] if {
	some [i, j, one] in _rules
	one.selectsOwnPods == false
}

_harmless contains [i, j] if {
	some [i, j, one] in _rules
	one.topologyKey != "kubernetes.io/hostname"
}

_harmless contains [i, j] if {
	some [i, j, one] in _rules
	is_null(one.room)
}

_harmless contains [i, j] if {
	some [i, j, one] in _rules
	at_least(one.room, input.model.servers[i].workload.replicas + one.others)
}

_rules contains [i, j, one] if {
	some i, server in input.model.servers
	some j, one in server.workload.separation
}
