# What one account may store without a limit, the others lack.
package natslint.rules["account-without-limits"]

import data.natslint.lib.greater

violations contains {
	"at": ["servers", i, "config", "accounts"],
	"on": "key",
	"facts": {"accounts": concat(", ", sort(names))},
} if {
	some i, server in input.model.servers
	names := {own | some own, account in server.config.accounts; account.jetstream == true; is_null(account.jetstream_limits)}
	greater(count(names), 1)
}
