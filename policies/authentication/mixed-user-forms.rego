# A server has one way to say who may log in.
package natslint.rules["mixed-user-forms"]

import data.natslint.lib.given
import data.natslint.lib.listens
import data.natslint.lib.some_of

violations contains {
	"at": ["servers", i, "config", "authorization", "user"],
	"facts": {},
} if {
	some i in _several
	given(input.model.servers[i].config.authorization.user)
}

violations contains {
	"at": ["servers", i, "config", "authorization", "token"],
	"case": "token",
	"facts": {},
} if {
	some i in _several
	_secret(input.model.servers[i].config.authorization.token.form)
}

violations contains {
	"at": ["servers", i, "config", "authorization", "token"],
	"case": "user-and-token",
	"facts": {},
} if {
	some i, server in input.model.servers
	given(server.config.authorization.user)
	_secret(server.config.authorization.token.form)
}

violations contains {
	"at": array.concat(["servers", i, "config"], array.concat(path, ["nkey"])),
	"case": "nkey",
	"facts": {},
} if {
	some [i, path] in _named
}

violations contains {
	"at": ["servers", i, "config", listener, "authorization"],
	"case": "listener",
	"facts": {"listener": listener},
} if {
	some i, server in input.model.servers
	some_of(server.users)
	some listener in ["websocket", "mqtt"]
	listens(server.config[listener].port)
	[i, listener] in _own
}

violations contains {
	"at": ["servers", i, "config", "leafnodes", "authorization", "users"],
	"case": "leafnodes",
	"facts": {},
} if {
	some i, server in input.model.servers
	authorization := server.config.leafnodes.authorization
	some_of(authorization.users)
	_leaf(authorization.user, authorization.nkey)
}

# An empty list is a list.
_several contains i if {
	some i, server in input.model.servers
	is_array(server.config.authorization.users)
}

_several contains i if {
	some i, server in input.model.servers
	some account in server.config.accounts
	some_of(account.users)
}

# Users with an nkey.
_users contains [i, ["authorization", "users", j], user] if {
	some i, server in input.model.servers
	some j, user in server.config.authorization.users
	given(user.nkey)
}

_users contains [i, ["accounts", name, "users", j], user] if {
	some i, server in input.model.servers
	some name, account in server.config.accounts
	some j, user in account.users
	given(user.nkey)
}

_secret(form) if {
	is_string(form)
	form != "empty"
}

_named contains [i, path] if {
	some [i, path, user] in _users
	given(user.user)
}

_named contains [i, path] if {
	some [i, path, user] in _users
	_secret(user.password.form)
}

_own contains [i, listener] if {
	some i, server in input.model.servers
	some listener in ["websocket", "mqtt"]
	given(server.config[listener].authorization.user)
}

_own contains [i, listener] if {
	some i, server in input.model.servers
	some listener in ["websocket", "mqtt"]
	_secret(server.config[listener].authorization.token.form)
}

_leaf(user, _) if given(user)

_leaf(_, nkey) if given(nkey)
