# A memory resolver learns nothing while it runs. Without an operator it does nothing at all.
package natslint.rules["resolver-memory-prod"]

import data.natslint.lib.some_of

violations contains {
	"at": ["servers", i, "resolver", "kind"],
	"facts": {},
} if {
	some i, server in input.model.servers
	server.resolver.kind == "memory"
	some_of(server.config.operator)
}
