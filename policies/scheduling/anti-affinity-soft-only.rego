# A preference keeps servers apart until a node fails: what runs then stays where it is.
package natslint.rules["anti-affinity-soft-only"]

import data.natslint.lib.at_least
import data.natslint.lib.declared_production
import data.natslint.lib.greater

violations contains {
	"at": ["servers", i, "workload", "separation"],
	"facts": {"replicas": input.model.servers[i].workload.replicas},
} if {
	some i in _storing
	server := input.model.servers[i]
	declared_production(server.scope.environment, server.scope.environmentFrom)
	server.workload.pod.hostNetwork in [null, false]
	greater(server.workload.replicas, 1)
	_enough(server.workload.eligibleNodes, server.workload.replicas)
	separation := server.workload.separation
	count([1 | some one in separation; one.hard == false]) == count(separation)
	some preference in separation
	preference.selectsOwnPods == true
	preference.topologyKey == "kubernetes.io/hostname"
	containers := server.workload.pod.containers
	free := {k | some k, container in containers; is_null(container.ports)} | {k |
		some k, container in containers
		count(container.ports) == count([1 | some port in container.ports; is_null(port.hostPort)])
	}
	count(free) == count(containers)
}

_storing contains i if {
	some i, server in input.model.servers
	server.kind == "nats"
	is_object(server.config.cluster)
	is_object(server.config.jetstream)
}

_storing contains i if {
	some i, server in input.model.servers
	server.kind == "stan"
	is_object(server.streaming.cluster)
}

_enough(nodes, replicas) if at_least(nodes, replicas)

_enough(nodes, _) if is_null(nodes)
