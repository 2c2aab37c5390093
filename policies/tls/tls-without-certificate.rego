# A listener with TLS and without a certificate turns away everybody who comes.
package natslint.rules["tls-without-certificate"]

import data.natslint.lib.unset

violations contains {
	"at": array.concat(["servers", i, "config"], path),
	"facts": {"who": who},
} if {
	some [i, path, block, who] in _listening
	unset(block.cert_file)
	unset(block.key_file)
	is_null(block.cert_store)
	is_null(block.certs)
}

# Who is not asked for TLS gets in all the same.
_listening contains [i, ["tls"], server.config.tls, "client"] if {
	some i, server in input.model.servers
	server.kind == "nats"
	is_null(server.config.allow_non_tls)
}

_listening contains [i, ["tls"], server.config.tls, "client"] if {
	some i, server in input.model.servers
	server.kind == "nats"
	server.config.allow_non_tls == false
}

_listening contains [i, ["cluster", "tls"], server.config.cluster.tls, "server of the cluster"] if {
	some i, server in input.model.servers
	is_number(server.config.cluster.port)
}

_listening contains [i, ["gateway", "tls"], server.config.gateway.tls, "gateway"] if {
	some i, server in input.model.servers
	is_number(server.config.gateway.port)
}

_listening contains [i, ["leafnodes", "tls"], server.config.leafnodes.tls, "leaf node"] if {
	some i, server in input.model.servers
	is_number(server.config.leafnodes.port)
}

_listening contains [i, ["websocket", "tls"], server.config.websocket.tls, "WebSocket client"] if {
	some i, server in input.model.servers
	is_number(server.config.websocket.port)
}

_listening contains [i, ["mqtt", "tls"], server.config.mqtt.tls, "MQTT client"] if {
	some i, server in input.model.servers
	is_number(server.config.mqtt.port)
}
