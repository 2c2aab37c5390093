# What an operator signs comes from a resolver.
package natslint.rules["resolver-needs-operator"]

import data.natslint.lib.none
import data.natslint.lib.some_of

violations contains {
	"at": ["servers", i, "resolver", "kind"],
	"facts": {},
} if {
	some i in _unsigned
	input.model.servers[i].resolver.kind in {"full", "cache"}
}

violations contains {
	"at": ["servers", i, "resolver", "kind"],
	"case": "unused",
	"facts": {},
} if {
	some i in _unsigned
	input.model.servers[i].resolver.kind in {"memory", "url"}
}

violations contains {
	"at": ["servers", i, "config", "operator"],
	"case": "operator",
	"facts": {},
} if {
	some i, server in input.model.servers
	some_of(server.config.operator)
	is_null(server.resolver)
}

_unsigned contains i if {
	some i, server in input.model.servers
	none(server.config.operator)
	none(server.config.trusted_keys)
}
