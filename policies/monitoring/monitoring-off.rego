# Who has no port to ask has no health.
package natslint.rules["monitoring-off"]

import data.natslint.lib.closed

violations contains {
	"at": ["servers", i, "config", "http_port"],
	"facts": {},
} if {
	some i, server in input.model.servers
	is_object(server.workload)
	server.metrics.exporter == false
	closed(server.config.http_port)
	closed(server.config.https_port)
}
