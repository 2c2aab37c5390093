# Monitoring has no certificate of its own.
package natslint.rules["https-monitor-without-tls"]

import data.natslint.lib.closed
import data.natslint.lib.listens

violations contains {
	"at": ["servers", i, "config", "https_port"],
	"facts": {},
} if {
	some i, server in input.model.servers
	listens(server.config.https_port)
	closed(server.config.http_port)
	is_null(server.config.tls)
}
