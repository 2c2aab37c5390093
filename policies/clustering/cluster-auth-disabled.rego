# Who is taken for a server without proving it sees all messages of the cluster.
package natslint.rules["cluster-auth-disabled"]

import data.natslint.lib.greater
import data.natslint.lib.none
import data.natslint.lib.some_of
import data.natslint.lib.unset

violations contains {
	"at": ["servers", i, "config", "cluster"],
	"facts": {},
} if {
	some i in _several
	none(input.model.servers[i].networkPolicies)
	cluster := input.model.servers[i].config.cluster
	is_null(cluster.tls)
	[i, "cluster"] in _open
}

violations contains {
	"at": ["servers", i, "config", "gateway"],
	"case": "gateway",
	"facts": {},
} if {
	some i, server in input.model.servers
	none(server.networkPolicies)
	some_of(server.config.gateway.gateways)
	is_null(server.config.gateway.tls)
	[i, "gateway"] in _open
	_inside(server.exposures)
}

# A gateway that is open to the world is another rule's affair.
_inside(exposures) if is_null(exposures)

_inside(exposures) if {
	listeners := [way.listener | some way in exposures]
	count(listeners) == count(exposures)
	not "gateway" in listeners
}

_open contains [i, block] if {
	some i, server in input.model.servers
	some block in ["cluster", "gateway"]
	is_null(server.config[block].authorization)
}

_open contains [i, block] if {
	some i, server in input.model.servers
	some block in ["cluster", "gateway"]
	authorization := server.config[block].authorization
	unset(authorization.user)
	is_null(authorization.password)
	is_null(authorization.token)
	is_null(authorization.users)
}

_several contains i if {
	some i, server in input.model.servers
	greater(count(server.config.cluster.routes), 1)
}

_several contains i if {
	some i, server in input.model.servers
	is_object(server.config.cluster)
	greater(server.workload.replicas, 1)
}
