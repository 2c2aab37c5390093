# Servers are run by way of the system account.
package natslint.rules["system-account-recommended"]

import data.natslint.lib.unset

violations contains {
	"at": ["servers", i, "config", "operator"],
	"facts": {},
} if {
	some i, server in input.model.servers
	unset(server.config.system_account)
	is_null(server.operators[0].system_account)
	server.resolver.kind in {"memory", "url"}
}
