# Replicas know each other by the names of their servers.
package natslint.rules["js-server-name-required"]

import data.natslint.lib.listens
import data.natslint.lib.unset

violations contains {
	"at": ["servers", i, "config", "server_name"],
	"facts": {},
} if {
	some i, server in input.model.servers
	server.kind == "nats"
	is_object(server.config.jetstream)
	listens(server.config.cluster.port)
	unset(server.config.server_name)
}
