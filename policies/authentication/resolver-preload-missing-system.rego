# Somebody has to be let in to push the first account.
package natslint.rules["resolver-preload-missing-system"]

import data.natslint.lib.account_names
import data.natslint.lib.given

violations contains {
	"at": ["servers", i, "config", "system_account"],
	"facts": {},
} if {
	some i, server in input.model.servers
	server.resolver.kind in {"full", "cache"}
	system := server.config.system_account
	given(system)
	names := account_names(server.config.resolver_preload)
	not system in names
}
