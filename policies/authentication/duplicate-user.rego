# A name decides the account, so it stands once.
package natslint.rules["duplicate-user"]

import data.natslint.lib.less

violations contains {
	"at": ["servers", i, "users", k, "name"],
	"facts": {"name": user.name},
	"related": [{"at": ["servers", i, "users", j, "name"], "case": "first"}],
} if {
	some i, server in input.model.servers
	some k, user in server.users
	is_string(user.name)
	j := min(_named[i][user.name])
	less(j, k)
}

violations contains {
	"at": ["servers", i, "config", "leafnodes", "authorization", "users", k],
	"case": "nameless",
	"facts": {},
	"related": [{"at": ["servers", i, "config", "leafnodes", "authorization", "users", j], "case": "first"}],
} if {
	some i, server in input.model.servers
	users := server.config.leafnodes.authorization.users
	some k, user in users
	is_null(user.user)
	j := min(_nameless[i])
	less(j, k)
}

violations contains {
	"at": ["servers", i, "config", "leafnodes", "authorization", "users", k, "user"],
	"case": "leafnodes",
	"facts": {"name": user.user},
	"related": [{"at": ["servers", i, "config", "leafnodes", "authorization", "users", j, "user"], "case": "first"}],
} if {
	some i, server in input.model.servers
	users := server.config.leafnodes.authorization.users
	some k, user in users
	is_string(user.user)
	j := min(_leaves[i][user.user])
	less(j, k)
}

# Where each name stands: collected once, since some have thousands of users.
_named[i][user.name] contains k if {
	some i, server in input.model.servers
	some k, user in server.users
}

_nameless[i] contains k if {
	some i, server in input.model.servers
	some k, user in server.config.leafnodes.authorization.users
	is_null(user.user)
}

_leaves[i][user.user] contains k if {
	some i, server in input.model.servers
	some k, user in server.config.leafnodes.authorization.users
}
