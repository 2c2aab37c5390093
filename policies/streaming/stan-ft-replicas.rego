# A fault tolerance group is one active server and one that waits.
package natslint.rules["stan-ft-replicas"]

import data.natslint.lib.greater
import data.natslint.lib.grouped

violations contains {
	"at": ["servers", i, "workload", "replicas"],
	"facts": {"group": server.streaming.ft_group},
	"fix": {"set": 2},
} if {
	some i in _groups
	server := input.model.servers[i]
	server.ftPeers == false
	_count(server.workload.kind, server.workload.replicas) == 1
}

violations contains {
	"at": ["servers", i, "workload", "replicas"],
	"case": "many",
	"facts": {"group": server.streaming.ft_group, "replicas": n},
	"fix": {"set": 2},
} if {
	some i in _groups
	server := input.model.servers[i]
	n := server.workload.replicas
	greater(n, 2)
}

# With any other store the server refuses to be in a group, and with a cluster another rule speaks.
_groups contains i if {
	some i, server in input.model.servers
	server.kind == "stan"
	server.streaming.store in {"file", "sql"}
	grouped(server.streaming.ft_group)
	is_null(server.streaming.cluster)
}

# Kubernetes runs one where the number is not set; a DaemonSet has none.
_count(_, replicas) := replicas if is_number(replicas)

_count(kind, replicas) := 1 if {
	is_null(replicas)
	kind in {"StatefulSet", "Deployment", "ReplicaSet", "ReplicationController"}
}
