# Both sides of an import are accounts of the configuration.
package natslint.rules["account-undefined"]

import data.natslint.lib.account_names
import data.natslint.lib.given

violations contains {
	"at": ["servers", i, "config", "accounts", importer, "imports", j, kind, "account"],
	"facts": {"importer": importer, "account": account},
} if {
	some i, server in input.model.servers
	some importer, block in server.config.accounts
	some j, one in block.imports
	some kind in ["stream", "service"]
	account := one[kind].account
	given(account)
	is_null(one[kind].granted)
}

violations contains {
	"at": ["servers", i, "config", "accounts", exporter, "exports", j, "accounts", k],
	"case": "export",
	"facts": {"exporter": exporter, "account": account},
} if {
	some i, server in input.model.servers
	names := account_names(server.config.accounts)
	some exporter, block in server.config.accounts
	some j, one in block.exports
	some k, account in one.accounts
	not account in names
}
