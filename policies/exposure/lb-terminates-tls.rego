# NATS begins in plain text and turns to TLS; a balancer that expects TLS first waits for ever.
package natslint.rules["lb-terminates-tls"]

violations contains {
	"at": ["servers", i, "exposures", j, "tls"],
	"facts": {},
	"related": [{"at": ["servers", i, "config", "tls"], "case": "tls"}],
} if {
	some i, server in input.model.servers
	is_object(server.config.tls)
	server.config.allow_non_tls in [null, false]
	server.config.tls.handshake_first in [null, false]
	some j, way in server.exposures
	way.listener == "client"
	way.through == "LoadBalancer"
	way.tls == true
}
