# TLS that may be left out is left out by whoever forgets it, and by whoever stands in between.
package natslint.rules["allow-non-tls-exposed"]

violations contains {
	"at": ["servers", i, "config", "allow_non_tls"],
	"facts": {},
} if {
	some i, server in input.model.servers
	server.config.allow_non_tls == true
	is_object(server.config.tls)
	some way in server.exposures
	way.listener == "client"
}
