# A password is all that clients show, though they could show a certificate.
package natslint.rules["tls-client-verify-off"]

violations contains {
	"at": ["servers", i, "config", "tls"],
	"facts": {},
} if {
	some i, server in input.model.servers
	server.scope.environment == "production"
	server.authentication.clients == "password"
	server.config.tls.verify in [null, false]
	server.config.tls.verify_and_map in [null, false]
}
