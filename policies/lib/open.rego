# Listeners at which strangers get in, because nobody asks who they are; only where all that could ask is known.
package natslint.lib

# Where the answer stands, as a path below a server's config.
open_listeners contains [i, "client", ["authorization"]] if {
	some i in _lax
	i in _unverified
}

open_listeners contains [i, "client", ["no_auth_user"]] if {
	some i, server in input.model.servers
	given(server.config.no_auth_user)
	i in _unverified
}

open_listeners contains [i, listener, [listener, "authorization"]] if {
	some [i, listener] in _plain
	i in _lax
}

open_listeners contains [i, listener, ["no_auth_user"]] if {
	some [i, listener] in _plain
	listener in {"websocket", "mqtt"}
	given(input.model.servers[i].config.no_auth_user)
}

open_listeners contains [i, "websocket", ["websocket", "no_auth_user"]] if {
	some i, server in input.model.servers
	given(server.config.websocket.no_auth_user)
}

open_listeners contains [i, "mqtt", ["mqtt", "no_auth_user"]] if {
	some i, server in input.model.servers
	given(server.config.mqtt.no_auth_user)
}

# Gateways ask for a name of their own, or for a certificate, and for nothing of the clients'.
open_listeners contains [i, "gateway", ["gateway", "authorization"]] if {
	some i, server in input.model.servers
	listens(server.config.gateway.port)
	is_null(server.config.gateway.authorization)
	is_null(server.config.gateway.tls)
}

# In the words of a message.
port_words := {
	"client": "port for clients",
	"cluster": "port for routes",
	"gateway": "port for gateways",
	"leafnodes": "port for leaf nodes",
	"websocket": "WebSocket port",
	"mqtt": "MQTT port",
	"monitor": "monitoring port",
	"metrics": "port for metrics",
	"profiling": "profiling port",
}

# The server knows nobody by name.
_lax contains i if {
	some i, server in input.model.servers
	none(server.config.operator)
	none(server.config.trusted_keys)
	i in _nameless
	i in _memberless
}

_nameless contains i if {
	some i, server in input.model.servers
	is_null(server.config.authorization)
}

_nameless contains i if {
	some i, server in input.model.servers
	authorization := server.config.authorization
	unset(authorization.user)
	is_null(authorization.token)
	none(authorization.users)
	is_null(authorization.auth_callout)
}

_memberless contains i if {
	some i, server in input.model.servers
	is_null(server.config.accounts)
}

_memberless contains i if {
	some i, server in input.model.servers
	accounts := server.config.accounts
	empty := [name | some name, account in accounts; none(account.users)]
	count(empty) == count(accounts)
}

_unverified contains i if {
	some i, server in input.model.servers
	is_null(server.config.tls)
}

_unverified contains i if {
	some i, server in input.model.servers
	tls := server.config.tls
	tls.verify in [null, false]
	tls.verify_and_map in [null, false]
}

# Listeners that have no login of their own, and ask for no certificate.
_plain contains [i, "leafnodes"] if {
	some i, server in input.model.servers
	leafnodes := server.config.leafnodes
	listens(leafnodes.port)
	is_null(leafnodes.authorization)
	_asks_nobody(leafnodes.tls)
}

_plain contains [i, "websocket"] if {
	some i, server in input.model.servers
	websocket := server.config.websocket
	listens(websocket.port)
	is_null(websocket.authorization)
	unset(websocket.no_auth_user)
	_asks_nobody(websocket.tls)
}

_plain contains [i, "mqtt"] if {
	some i, server in input.model.servers
	mqtt := server.config.mqtt
	listens(mqtt.port)
	is_null(mqtt.authorization)
	unset(mqtt.no_auth_user)
	_asks_nobody(mqtt.tls)
}

_asks_nobody(tls) if is_null(tls)

_asks_nobody(tls) if {
	tls.verify in [null, false]
	tls.verify_and_map in [null, false]
}
