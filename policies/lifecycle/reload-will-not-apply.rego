# Much of a configuration is read once, when a server starts.
package natslint.rules["reload-will-not-apply"]

import data.natslint.lib.given
import data.natslint.lib.size

violations contains {
	"at": ["servers", i, "config", key],
	"facts": {"key": key, "was": was, "now": now},
} if {
	some i in _reloaded
	some key in _keys
	now := _said(key, input.model.servers[i].config[key])
	was := _said(key, input.base.servers[i].config[key])
	now != was
}

# It may be taken away together with the user, and the name that it has by default may be left out.
violations contains {
	"at": ["servers", i, "config", key],
	"facts": {"key": key, "was": _said(key, was), "now": now},
} if {
	some i in _reloaded
	some key in ["no_auth_user", "system_account"]
	now := input.model.servers[i].config[key]
	was := input.base.servers[i].config[key]
	given(now)
	now != was
}

violations contains {
	"at": ["servers", i, "config", block, key],
	"facts": {"key": concat(".", [block, key]), "was": was, "now": now},
} if {
	some i in _reloaded
	some block, keys in _blocks
	some key in keys
	now := _said(key, input.model.servers[i].config[block][key])
	was := _said(key, input.base.servers[i].config[block][key])
	now != was
}

violations contains {
	"at": ["servers", i, "config", "gateway", "gateways"],
	"facts": {"key": "gateway.gateways", "was": _listed(was), "now": _listed(now)},
} if {
	some i in _reloaded
	now := _names(input.model.servers[i].config.gateway.gateways)
	was := _names(input.base.servers[i].config.gateway.gateways)
	now != was
}

# Servers that read a changed configuration again, and are not made anew for it.
_reloaded contains i if {
	some i, server in input.model.servers
	server.rollout.onConfig == false
	server.rollout.template == input.base.servers[i].rollout.template
	server.rollout.reloader == true
}

_keys := [
	"port",
	"server_name",
	"http_port",
	"https_port",
	"prof_port",
	"max_subscriptions",
	"max_pending",
	"lame_duck_duration",
	"lame_duck_grace_period",
	"default_js_domain",
]

_blocks := {
	"cluster": ["port"],
	"gateway": ["name", "port", "advertise", "connect_retries", "reject_unknown_cluster"],
	"leafnodes": ["port"],
	"websocket": ["port", "no_tls", "same_origin", "no_auth_user", "advertise"],
	"mqtt": ["port", "no_auth_user"],
	"jetstream": ["domain", "unique_tag"],
}

# What the server takes where nobody says it.
_defaults := {
	"port": 4222,
	"max_pending": 67108864,
	"lame_duck_duration": 120,
	"lame_duck_grace_period": 10,
	"reject_unknown_cluster": false,
	"same_origin": false,
	"no_tls": false,
}

_defaulted := {key | some key, _ in _defaults}

_said(key, value) := _shown(key, value) if not is_null(value)

_said(key, value) := _shown(key, _defaults[key]) if is_null(value)

_said(key, value) := "nothing" if {
	is_null(value)
	not key in _defaulted
}

_shown(key, value) := size(value) if {
	key == "max_pending"
	is_number(value)
}

_shown(key, value) := concat("", [json.marshal(value), "s"]) if {
	startswith(key, "lame_duck")
	is_number(value)
}

_shown(key, value) := value if {
	type_name(value) in {"string", "number", "boolean"}
	value != ""
	key != "max_pending"
	not startswith(key, "lame_duck")
}

_names(gateways) := [name | some gateway in gateways; name := gateway.name] if is_array(gateways)

_listed(names) := concat(", ", names) if concat("", names) != ""
