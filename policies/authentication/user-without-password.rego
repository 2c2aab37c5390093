# An empty password is one that everybody knows.
package natslint.rules["user-without-password"]

import data.natslint.lib.given
import data.natslint.lib.unset

violations contains {
	"at": array.concat(["servers", i, "config"], array.concat(path, ["user"])),
	"facts": {"name": user.user},
} if {
	some [i, path, user] in _users
	i in _without_certificates
	given(user.user)
	unset(user.nkey)
	_open(user.password)
}

_users contains [i, ["authorization", "users", j], user] if {
	some i, server in input.model.servers
	some j, user in server.config.authorization.users
}

_users contains [i, ["accounts", name, "users", j], user] if {
	some i, server in input.model.servers
	some name, account in server.config.accounts
	some j, user in account.users
}

# A certificate may stand for a user.
_without_certificates contains i if {
	some i, server in input.model.servers
	is_null(server.config.tls)
}

_without_certificates contains i if {
	some i, server in input.model.servers
	server.config.tls.verify_and_map in [null, false]
}

_open(password) if is_null(password)

_open({"form": "empty", "same": _})
