# Who may log in has a name or a key.
package natslint.rules["user-without-name"]

import data.natslint.lib.unset

violations contains {
	"at": ["servers", i, "config", "authorization", "users", j, "user"],
	"facts": {},
} if {
	some i, server in input.model.servers
	some j, user in server.config.authorization.users
	unset(user.user)
	unset(user.nkey)
}

violations contains {
	"at": ["servers", i, "config", "accounts", name, "users", j, "user"],
	"facts": {},
} if {
	some i, server in input.model.servers
	some name, account in server.config.accounts
	some j, user in account.users
	unset(user.user)
	unset(user.nkey)
}
