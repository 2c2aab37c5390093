# A server that is to elect a leader with others has to know where they are.
package natslint.rules["js-cluster-routes-required"]

import data.natslint.lib.closed
import data.natslint.lib.listens
import data.natslint.lib.none

violations contains {
	"at": ["servers", i, "config", "cluster", "routes"],
	"facts": {},
} if {
	some i, server in input.model.servers
	server.kind == "nats"
	is_object(server.config.jetstream)
	listens(server.config.cluster.port)
	none(server.config.cluster.routes)
	i in _alone
}

# A gateway makes the server one of a cluster, too.
violations contains {
	"at": ["servers", i, "config", "gateway"],
	"case": "gateway",
	"facts": {},
} if {
	some i, server in input.model.servers
	server.kind == "nats"
	is_object(server.config.jetstream)
	listens(server.config.gateway.port)
	i in _no_routes
	i in _alone
}

_no_routes contains i if {
	some i, server in input.model.servers
	is_null(server.config.cluster)
}

_no_routes contains i if {
	some i, server in input.model.servers
	closed(server.config.cluster.port)
	none(server.config.cluster.routes)
}

# A leaf node that joins the system account of others belongs to their JetStream.
_alone contains i if {
	some i, server in input.model.servers
	is_null(server.config.leafnodes)
}

_alone contains i if {
	some i, server in input.model.servers
	none(server.config.leafnodes.remotes)
}

_alone contains i if {
	some i, server in input.model.servers
	remotes := server.config.leafnodes.remotes
	count([remote | some remote in remotes; is_null(remote.account)]) == count(remotes)
}
