# MQTT keeps its sessions in streams.
package natslint.rules["mqtt-needs-jetstream"]

import data.natslint.lib.closed
import data.natslint.lib.listens
import data.natslint.lib.none

violations contains {
	"at": ["servers", i, "config", "mqtt", "port"],
	"facts": {},
} if {
	some i, server in input.model.servers
	listens(server.config.mqtt.port)
	is_null(server.config.jetstream)
	i in _without_cluster
	i in _without_gateway
	i in _without_leafnodes
}

_without_cluster contains i if {
	some i, server in input.model.servers
	is_null(server.config.cluster)
}

_without_cluster contains i if {
	some i, server in input.model.servers
	closed(server.config.cluster.port)
}

_without_gateway contains i if {
	some i, server in input.model.servers
	is_null(server.config.gateway)
}

_without_gateway contains i if {
	some i, server in input.model.servers
	closed(server.config.gateway.port)
}

_without_leafnodes contains i if {
	some i, server in input.model.servers
	is_null(server.config.leafnodes)
}

_without_leafnodes contains i if {
	some i, server in input.model.servers
	closed(server.config.leafnodes.port)
	none(server.config.leafnodes.remotes)
}
