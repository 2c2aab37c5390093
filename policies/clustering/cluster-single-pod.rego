# A cluster block makes a server wait for others, and here there are none.
package natslint.rules["cluster-single-pod"]

import data.natslint.lib.none

violations contains {
	"at": ["servers", i, "workload", "replicas"],
	"case": "jetstream",
	"facts": {},
	"fix": {"set": 3},
} if {
	some i in _alone
	i in _without_remotes
	is_object(input.model.servers[i].config.jetstream)
}

# The image's own file has a cluster block that nobody asked for.
violations contains {
	"at": ["servers", i, "workload", "replicas"],
	"facts": {},
} if {
	some i in _alone
	is_null(input.model.servers[i].config.jetstream)
	input.model.servers[i].imageConf == false
}

# One pod that listens for others and is joined to nobody, neither by routes nor by gateways. Without a port a cluster
# block does nothing.
_alone contains i if {
	some i, server in input.model.servers
	server.kind == "nats"
	is_number(server.config.cluster.port)
	is_null(server.config.gateway)
	server.peers == false
	_single(server.workload.kind, server.workload.replicas)
}

_single(_, replicas) if replicas == 1

_single(kind, replicas) if {
	is_null(replicas)
	kind in {"StatefulSet", "Deployment", "ReplicaSet"}
}

# A leaf node's JetStream may belong to the cluster on the other side.
_without_remotes contains i if {
	some i, server in input.model.servers
	is_null(server.config.leafnodes)
}

_without_remotes contains i if {
	some i, server in input.model.servers
	none(server.config.leafnodes.remotes)
}
