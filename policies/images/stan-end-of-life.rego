# No release of NATS Streaming has come since June 2023, and none will.
package natslint.rules["stan-end-of-life"]

violations contains {
	"at": ["servers", i, "kind"],
	"facts": {},
} if {
	some i, server in input.model.servers
	server.kind == "stan"
}
