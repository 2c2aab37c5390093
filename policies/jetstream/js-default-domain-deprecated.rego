# The server says itself that it will go.
package natslint.rules["js-default-domain-deprecated"]

violations contains {
	"at": ["servers", i, "config", "default_js_domain"],
	"on": "key",
	"facts": {},
} if {
	some i, server in input.model.servers
	server.config.default_js_domain != {}
	is_object(server.config.default_js_domain)
}
