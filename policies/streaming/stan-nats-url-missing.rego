# Without a URL NATS Streaming starts a NATS server of its own, which nobody else talks to.
package natslint.rules["stan-nats-url-missing"]

import data.natslint.lib.given
import data.natslint.lib.none
import data.natslint.lib.unset

violations contains {
	"at": ["servers", i, "unread", j, "value"],
	"case": "misplaced",
	"facts": {"key": one.key},
} if {
	some i, server in input.model.servers
	some j, one in server.unread
	one.because == "another key"
}

violations contains {
	"at": ["servers", i, "serviceRole", "service"],
	"case": "role",
	"facts": {},
} if {
	some i, server in input.model.servers
	is_object(server.serviceRole)
	unset(server.serviceRole.service)
}

violations contains {
	"at": ["servers", i, "streaming", sign],
	"facts": {},
} if {
	some i, signs in _signs
	some sign in signs
	server := input.model.servers[i]
	is_object(server.container)
	is_null(server.serviceRole)
	unset(server.streaming.nats_server_url)
	i in _open
	read := [1 | some one in server.unread; one.because != "another key"]
	count(read) == count(server.unread)
}

# What says how to log in, or how to encrypt.
_signs[i] contains "credentials" if {
	some i, server in input.model.servers
	given(server.streaming.credentials)
}

_signs[i] contains "nkey_seed_file" if {
	some i, server in input.model.servers
	given(server.streaming.nkey_seed_file)
}

_signs[i] contains "tls" if {
	some i, server in input.model.servers
	is_object(server.streaming.tls)
}

_signs[i] contains "token" if {
	some i, server in input.model.servers
	is_object(server.streaming.token)
}

_signs[i] contains "username" if {
	some i, server in input.model.servers
	given(server.streaming.username)
}

# The server inside asks nobody who they are, and is no part of anything: it is not what all that is meant for.
_open contains i if {
	some i, server in input.model.servers
	is_null(server.config.authorization)
	is_null(server.config.accounts)
	is_null(server.config.tls)
	is_null(server.config.gateway)
	is_null(server.config.leafnodes)
	is_null(server.config.cluster)
	none(server.operators)
}
