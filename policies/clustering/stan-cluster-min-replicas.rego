# A NATS Streaming cluster of one or two has no majority left when a server fails.
package natslint.rules["stan-cluster-min-replicas"]

import data.natslint.lib.less

violations contains {
	"at": ["servers", i, "workload", "replicas"],
	"facts": {"replicas": n, "least": 3},
	"fix": {"set": 3},
} if {
	some i, server in input.model.servers
	server.kind == "stan"
	is_object(server.streaming.cluster)
	server.peers == false
	n := _count(server.workload.kind, server.workload.replicas)
	less(n, 3)
}

# Kubernetes runs one where the number is not set; a DaemonSet has none.
_count(_, replicas) := replicas if is_number(replicas)

_count(kind, replicas) := 1 if {
	is_null(replicas)
	kind in {"StatefulSet", "Deployment", "ReplicaSet"}
}
