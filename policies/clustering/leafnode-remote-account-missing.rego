# A leaf node joins an account here, and without an operator those of the configuration are all there are.
package natslint.rules["leafnode-remote-account-missing"]

import data.natslint.lib.local_accounts
import data.natslint.lib.none
import data.natslint.lib.some_of

violations contains {
	"at": ["servers", i, "config", "leafnodes", "remotes", j, "account"],
	"facts": {"account": account},
} if {
	some [i, names] in _local
	account := input.model.servers[i].config.leafnodes.remotes[j].account
	_absent(account, names)
}

violations contains {
	"at": ["servers", i, "config", "leafnodes", "authorization", "account"],
	"case": "authorization",
	"facts": {"account": account},
} if {
	some [i, names] in _local
	account := input.model.servers[i].config.leafnodes.authorization.account
	_absent(account, names)
}

violations contains {
	"at": ["servers", i, "config", "leafnodes", "authorization", "users", j, "account"],
	"case": "authorization",
	"facts": {"account": account},
} if {
	some [i, names] in _local
	account := input.model.servers[i].config.leafnodes.authorization.users[j].account
	_absent(account, names)
}

violations contains {
	"at": ["servers", i, "config", "leafnodes", "remotes", j, "account"],
	"case": "operator",
	"facts": {},
} if {
	some i, server in input.model.servers
	some_of(server.config.operator)
	some j, remote in server.config.leafnodes.remotes
	_no_key(remote.account)
}

_local contains [i, names] if {
	some i, server in input.model.servers
	none(server.config.operator)
	names := local_accounts(server.config.accounts, server.config.system_account, server.config.no_system_account)
}

_absent(account, names) if {
	is_string(account)
	account != ""
	not account in names
}

_no_key(account) if is_null(account)

_no_key(account) if not regex.match(`^A[A-Z2-7]{55}$`, account)
