# Sessions are kept under the names of the servers. Where JetStream says the same, that is enough.
package natslint.rules["mqtt-needs-server-name"]

import data.natslint.lib.closed
import data.natslint.lib.listens
import data.natslint.lib.unset

violations contains {
	"at": ["servers", i, "config", "server_name"],
	"facts": {},
} if {
	some i in _nameless
	is_null(input.model.servers[i].config.jetstream)
	listens(input.model.servers[i].config.cluster.port)
}

violations contains {
	"at": ["servers", i, "config", "server_name"],
	"facts": {},
} if {
	some i in _nameless
	listens(input.model.servers[i].config.gateway.port)
	i in _without_cluster
}

_nameless contains i if {
	some i, server in input.model.servers
	listens(server.config.mqtt.port)
	unset(server.config.server_name)
}

_without_cluster contains i if {
	some i, server in input.model.servers
	is_null(server.config.cluster)
}

_without_cluster contains i if {
	some i, server in input.model.servers
	closed(server.config.cluster.port)
}
