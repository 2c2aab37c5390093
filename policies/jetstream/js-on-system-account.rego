# The system account is the servers' own.
package natslint.rules["js-on-system-account"]

import data.natslint.lib.none
import data.natslint.lib.system_account

violations contains {
	"at": ["servers", i, "config", "accounts", account, "jetstream"],
	"facts": {"account": account},
} if {
	some i, server in input.model.servers
	is_object(server.config.jetstream)
	none(server.config.operator)
	account := system_account(server.config.accounts, server.config.system_account)
	server.config.accounts[account].jetstream == true
}
