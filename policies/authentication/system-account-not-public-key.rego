# An operator's accounts are known by their keys.
package natslint.rules["system-account-not-public-key"]

import data.natslint.lib.given
import data.natslint.lib.some_of
import data.natslint.lib.unset

violations contains {
	"at": ["servers", i, "config", "system_account"],
	"facts": {},
} if {
	some i, server in input.model.servers
	some_of(server.config.operator)
	account := server.config.system_account
	given(account)
	not regex.match(`^A[A-Z2-7]{55}$`, account)
}

violations contains {
	"at": ["servers", i, "resolver", "kind"],
	"case": "missing",
	"facts": {},
} if {
	some i, server in input.model.servers
	unset(server.config.system_account)
	is_null(server.operators[0].system_account)
	server.resolver.kind in {"full", "cache"}
}
