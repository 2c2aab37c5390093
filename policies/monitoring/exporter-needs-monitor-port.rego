# What the exporter reports is what the monitoring port says.
package natslint.rules["exporter-needs-monitor-port"]

import data.natslint.lib.closed

violations contains {
	"at": ["servers", i, "metrics", "exporter"],
	"facts": {},
} if {
	some i, server in input.model.servers
	server.metrics.exporter == true
	closed(server.config.http_port)
	closed(server.config.https_port)
}
