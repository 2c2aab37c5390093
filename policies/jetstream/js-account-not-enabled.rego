# Where accounts are defined, JetStream is enabled for none but those that say so.
package natslint.rules["js-account-not-enabled"]

import data.natslint.lib.account_names
import data.natslint.lib.given
import data.natslint.lib.none
import data.natslint.lib.unset

violations contains {
	"at": ["servers", i, "config", "accounts"],
	"on": "key",
	"facts": {},
} if {
	some i, server in input.model.servers
	is_object(server.config.jetstream)
	none(server.config.operator)
	none(server.config.trusted_keys)
	is_null(server.config.default_js_domain)
	own := account_names(server.config.accounts) - _system(server.config.system_account)
	own != set()
	without := {name | some name, account in server.config.accounts; account.jetstream in [null, false]}
	own - without == set()
}

_system(named) := {named} if given(named)

_system(named) := {"$SYS"} if unset(named)
