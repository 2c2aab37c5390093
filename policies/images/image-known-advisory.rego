# A fault of the version that runs, in a part of the server that the configuration has switched on.
package natslint.rules["image-known-advisory"]

import data.natslint.lib.given
import data.natslint.lib.greater
import data.natslint.lib.listens
import data.natslint.lib.some_of

violations contains {
	"at": ["servers", i, "container", "image"],
	"facts": _facts(i, false),
} if {
	some [i, false, _] in _open
}

violations contains {
	"at": ["servers", i, "container", "image"],
	"case": "critical",
	"facts": _facts(i, true),
} if {
	some [i, true, _] in _open
}

# What can be done, with the advisories that say so.
_facts(i, critical) := {
	"version": input.model.servers[i].version.text,
	"advisories": concat("; ", sort({said |
		some effect, ids in _effects[[i, critical]]
		said := concat("", [effect, " (", concat(", ", sort(ids)), ")"])
	})),
	"fixed": max({[one.fixed.parts, one.fixed.text] | _open[[i, critical, one]]})[1],
}

_effects[[i, critical]][one.effect] contains one.id if some [i, critical, one] in _open

_open contains [i, one.critical, one] if {
	some i in _stated
	some one in input.model.servers[i].advisories
	[i, one.needs] in _configured
}

_configured contains [i, "websocket"] if {
	some i, server in input.model.servers
	is_object(server.config.websocket)
}

_configured contains [i, "websocket-without-mqtt"] if {
	some i, server in input.model.servers
	is_object(server.config.websocket)
	is_object(server.config.jetstream)
	is_null(server.config.mqtt)
}

_configured contains [i, "mqtt"] if {
	some i, server in input.model.servers
	is_object(server.config.mqtt)
}

_configured contains [i, "mqtt-forwarded"] if {
	some i, server in input.model.servers
	is_object(server.config.mqtt)
	is_object(server.config.cluster)
}

_configured contains [i, "mqtt-forwarded"] if {
	some i, server in input.model.servers
	is_object(server.config.mqtt)
	is_object(server.config.leafnodes)
}

_configured contains [i, "mqtt-deny"] if {
	some i, server in input.model.servers
	is_object(server.config.mqtt)
	[i, "subscribe-deny"] in _denying
}

_configured contains [i, "subscribe-deny"] if some [i, "subscribe-deny"] in _denying

_denying contains [i, "subscribe-deny"] if {
	some i, server in input.model.servers

	# Looked for where somebody asks: the whole configuration has to be walked for it.
	some one in server.advisories
	one.needs in ["subscribe-deny", "mqtt-deny"]
	walk(server.config, [_, permissions])
	some_of(permissions.subscribe.deny)
}

_configured contains [i, "leafnodes"] if {
	some i, server in input.model.servers
	listens(server.config.leafnodes.port)
}

_configured contains [i, "leafnodes-compressed"] if {
	some i, server in input.model.servers
	listens(server.config.leafnodes.port)
	is_null(server.config.leafnodes.compression)
}

_configured contains [i, "leafnodes-compressed"] if {
	some i, server in input.model.servers
	listens(server.config.leafnodes.port)
	server.config.leafnodes.compression.mode in ["accept", "on", "true", "s2_auto", "s2_fast", "s2_better", "s2_best", "s2_uncompressed"]
}

_configured contains [i, "jetstream"] if {
	some i, server in input.model.servers
	is_object(server.config.jetstream)
}

_configured contains [i, "jetstream-accounts"] if {
	some i, server in input.model.servers
	is_object(server.config.jetstream)
	greater(count({name | some name, account in server.config.accounts; account.jetstream == true}), 1)
}

_configured contains [i, "jetstream-accounts"] if {
	some i, server in input.model.servers
	is_object(server.config.jetstream)
	some_of(server.config.operator)
}

_configured contains [i, "operator"] if {
	some i, server in input.model.servers
	some_of(server.config.operator)
}

_configured contains [i, "users"] if {
	some i, server in input.model.servers
	some_of(server.users)
}

_configured contains [i, "users"] if {
	some i, server in input.model.servers
	is_object(server.config.authorization)
}

_configured contains [i, "users"] if {
	some i, server in input.model.servers
	some_of(server.config.operator)
}

_configured contains [i, "auth-callout-encryption"] if {
	some i, server in input.model.servers
	given(server.config.authorization.auth_callout.xkey)
}

_configured contains [i, "verify-and-map"] if {
	some i, server in input.model.servers
	server.config.tls.verify_and_map == true
}

_configured contains [i, "no-auth-user-with-listeners"] if {
	some i, server in input.model.servers
	given(server.config.no_auth_user)
	listens(server.config.cluster.port)
}

_configured contains [i, "no-auth-user-with-listeners"] if {
	some i, server in input.model.servers
	given(server.config.no_auth_user)
	listens(server.config.leafnodes.port)
}

# Who runs which version is known where no chart decides it, where it is known which, or where somebody chose the image.
_stated contains i if {
	some i, server in input.model.servers
	is_null(server.chart)
}

_stated contains i if {
	some i, server in input.model.servers
	is_object(server.chart.version)
}

_stated contains i if {
	some i, server in input.model.servers
	some image in server.images
	image.part == "server"
}
