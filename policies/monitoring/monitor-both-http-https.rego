# There is one port for monitoring.
package natslint.rules["monitor-both-http-https"]

import data.natslint.lib.listens

violations contains {
	"at": ["servers", i, "config", "https_port"],
	"facts": {},
	"related": [{"at": ["servers", i, "config", "http_port"], "case": "http"}],
} if {
	some i, server in input.model.servers
	listens(server.config.http_port)
	listens(server.config.https_port)
}
