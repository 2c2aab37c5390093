# Clients that must encrypt, and servers that tell each other the same messages in clear.
package natslint.rules["cluster-tls-missing"]

import data.natslint.lib.greater
import data.natslint.lib.some_of

violations contains {
	"at": ["servers", i, "config", "cluster"],
	"facts": {"block": "cluster"},
} if {
	some i in _several
	server := input.model.servers[i]
	is_object(server.config.tls)
	is_null(server.config.cluster.tls)
}

violations contains {
	"at": ["servers", i, "config", "gateway"],
	"facts": {"block": "gateway"},
} if {
	some i, server in input.model.servers
	is_object(server.config.tls)
	is_null(server.config.gateway.tls)
	some_of(server.config.gateway.gateways)
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
