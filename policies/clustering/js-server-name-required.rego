# Replicas know each other by the names of their servers.
package natslint.rules["js-server-name-required"]

import data.natslint.lib.listens
import data.natslint.lib.unset

violations contains {
	"at": ["servers", i, "config", "server_name"],
	"facts": {},
} if {
	some i in _nameless
	is_array(input.model.servers[i].images)
}

# A file that stands for itself runs no image, and nobody has seen what the server is started with.
violations contains {
	"at": ["servers", i, "config", "server_name"],
	"case": "alone",
	"facts": {},
} if {
	some i in _nameless
	is_null(input.model.servers[i].images)
}

_nameless contains i if {
	some i, server in input.model.servers
	server.kind == "nats"
	is_object(server.config.jetstream)
	listens(server.config.cluster.port)
	unset(server.config.server_name)
}
