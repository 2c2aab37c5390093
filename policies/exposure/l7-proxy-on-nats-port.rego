# A proxy that waits for a request of HTTP meets a server that speaks first.
package natslint.rules["l7-proxy-on-nats-port"]

import data.natslint.lib.port_words

violations contains {
	"at": ["servers", i, "exposures", j, "http"],
	"facts": {"through": way.through, "port": port_words[way.listener]},
} if {
	some i, server in input.model.servers
	some j, way in server.exposures
	way.http == true
	way.listener in ["client", "cluster", "gateway", "leafnodes", "mqtt"]
}
