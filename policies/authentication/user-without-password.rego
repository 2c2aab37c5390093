# An empty password is one that everybody knows.
package natslint.rules["user-without-password"]

import data.natslint.lib.given
import data.natslint.lib.unset

violations contains {
	"at": array.concat(["servers", i, "config"], array.concat(path, ["user"])),
	"facts": {"name": name},
} if {
	some [i, path, name] in _users
	i in _without_certificates
	_asked_for(input.model.servers[i].config.no_auth_user, name)
}

# Who comes without a name is taken for that user anyway, and another rule says so.
_asked_for(stranger, _) if is_null(stranger)

_asked_for(stranger, name) if {
	is_string(stranger)
	stranger != name
}

_users contains [i, ["authorization", "users", j], user.user] if {
	some i, server in input.model.servers
	some j, user in server.config.authorization.users
	_open(user.password)
	unset(user.nkey)
	given(user.user)
}

_users contains [i, ["accounts", account, "users", j], user.user] if {
	some i, server in input.model.servers
	some account, settings in server.config.accounts
	some j, user in settings.users
	_open(user.password)
	unset(user.nkey)
	given(user.user)
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
