# Servers before 2.0 write passwords and tokens into the trace as clients send them.
package natslint.rules["trace-leaks-credentials"]

import data.natslint.lib.older

violations contains {
	"at": ["servers", i, "config", "trace"],
	"facts": {"version": server.version.text},
	"fix": {"set": false},
} if {
	some i, server in input.model.servers
	server.kind == "nats"
	server.config.trace == true
	older(server.version.parts, [2, 0, 0])
	i in _guarded
}

# Servers whose clients send a password or a token.
_guarded contains i if {
	some i, server in input.model.servers
	is_object(server.config.authorization.password)
}

_guarded contains i if {
	some i, server in input.model.servers
	is_object(server.config.authorization.token)
}

_guarded contains i if {
	some i, server in input.model.servers
	some user in server.config.authorization.users
	is_object(user.password)
}
