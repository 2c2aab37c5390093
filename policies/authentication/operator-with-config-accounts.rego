# A server has one owner.
package natslint.rules["operator-with-config-accounts"]

import data.natslint.lib.some_of

violations contains {
	"at": ["servers", i, "config", "accounts"],
	"facts": {},
} if {
	some i in _operated
	some _, _ in input.model.servers[i].config.accounts
}

violations contains {
	"at": ["servers", i, "config", "authorization", "users"],
	"case": "users",
	"facts": {},
} if {
	some i in _operated
	some_of(input.model.servers[i].config.authorization.users)
}

violations contains {
	"at": ["servers", i, "config", "authorization", "auth_callout"],
	"case": "callout",
	"facts": {},
} if {
	some i in _operated
	is_object(input.model.servers[i].config.authorization.auth_callout)
}

violations contains {
	"at": ["servers", i, "config", "leafnodes", "authorization", "users"],
	"case": "leafnodes",
	"facts": {},
} if {
	some i in _operated
	some_of(input.model.servers[i].config.leafnodes.authorization.users)
}

violations contains {
	"at": ["servers", i, "config", "trusted_keys"],
	"case": "keys",
	"facts": {},
} if {
	some i in _operated
	some_of(input.model.servers[i].config.trusted_keys)
}

_operated contains i if {
	some i, server in input.model.servers
	some_of(server.config.operator)
}
