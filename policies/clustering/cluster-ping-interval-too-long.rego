# A dead route has to be noticed soon.
package natslint.rules["cluster-ping-interval-too-long"]

import data.natslint.lib.greater

violations contains {
	"at": ["servers", i, "config", "cluster", "ping_interval"],
	"facts": {"seconds": seconds},
	"fix": {"set": "30s"},
} if {
	some i, server in input.model.servers
	seconds := server.config.cluster.ping_interval
	greater(seconds, 30)
}
