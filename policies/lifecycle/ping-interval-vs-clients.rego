# A server that pings more often than its clients do takes the work off them, and doubles it.
package natslint.rules["ping-interval-vs-clients"]

import data.natslint.lib.less
import data.natslint.lib.option

violations contains {
	"at": ["servers", i, "config", "ping_interval"],
	"facts": {"seconds": seconds, "least": least},
} if {
	some i, server in input.model.servers
	server.kind == "nats"
	seconds := server.config.ping_interval
	least := option("ping-interval-vs-clients", "least")
	less(seconds, least)
}
