# Passwords and messages cross the network for everybody on the way to read.
package natslint.rules["exposed-without-tls"]

import data.natslint.lib.port_words

violations contains {
	"at": ["servers", i, "exposures", j, "through"],
	"case": _case[way.internal],
	"facts": {"through": way.through, "port": port_words[way.listener]},
	"related": [{"at": array.concat(["servers", i, "config"], path), "case": "configuration"}],
} if {
	some [i, listener, path] in _plain
	some j, way in input.model.servers[i].exposures
	way.listener == listener
	way.tls == false
}

_case := {false: "default", true: "internal"}

_plain contains [i, "client", ["tls"]] if {
	some i, server in input.model.servers
	is_null(server.config.tls)
}

_plain contains [i, "leafnodes", ["leafnodes", "tls"]] if {
	some i, server in input.model.servers
	is_null(server.config.leafnodes.tls)
}

_plain contains [i, "gateway", ["gateway", "tls"]] if {
	some i, server in input.model.servers
	is_null(server.config.gateway.tls)
}

_plain contains [i, "mqtt", ["mqtt", "tls"]] if {
	some i, server in input.model.servers
	is_null(server.config.mqtt.tls)
}

_plain contains [i, "websocket", ["websocket", "tls"]] if {
	some i, server in input.model.servers
	is_null(server.config.websocket.tls)
	server.config.websocket.no_tls == true
}
