# With as many zones as servers, a cluster outlives a zone only if each server is in one of its own.
package natslint.rules["zone-spread"]

import data.natslint.lib.at_least

violations contains {
	"at": ["servers", i, "workload", "separation"],
	"facts": {"replicas": input.model.servers[i].workload.replicas, "zones": zones},
} if {
	some i in _voting
	workload := input.model.servers[i].workload
	at_least(workload.replicas, 3)
	zones := workload.eligibleZones
	at_least(zones, 3)
	separation := workload.separation
	count([1 | some one in separation; one.topologyKey in _others]) + count([1 | some one in separation; one.selectsOwnPods == false; one.topologyKey in _zones]) == count(separation)
}

_zones := ["topology.kubernetes.io/zone", "failure-domain.beta.kubernetes.io/zone"]

_others := ["kubernetes.io/hostname"]

_voting contains i if {
	some i, server in input.model.servers
	is_object(server.config.cluster)
	is_object(server.config.jetstream)
}

_voting contains i if {
	some i, server in input.model.servers
	is_object(server.streaming.cluster)
}
