# A probe that nothing answers: the server is never ready, or is restarted for ever.
package natslint.rules["probe-needs-monitor-port"]

violations contains {
	"at": ["servers", i, "container", name],
	"facts": {"port": target.port},
} if {
	some [i, name, target] in _targets
	is_null(target.listener)
}

violations contains {
	"at": ["servers", i, "container", name],
	"case": "loopback",
	"facts": {"port": target.port},
} if {
	some [i, name, target] in _targets
	target.loopback == true
}

violations contains {
	"at": ["servers", i, "container", name],
	"case": "no-http",
	"facts": {"port": target.port, "listener": words},
} if {
	some [i, name, target] in _targets
	is_object(input.model.servers[i].container[name].httpGet)
	words := {"client": "clients", "cluster": "routes", "gateway": "gateways", "leafnodes": "leaf nodes", "mqtt": "MQTT"}[target.listener]
}

_targets contains [i, "livenessProbe", target] if {
	some i, server in input.model.servers
	target := server.container.livenessProbe.target
	is_object(target)
	target.port != null
}

_targets contains [i, "readinessProbe", target] if {
	some i, server in input.model.servers
	target := server.container.readinessProbe.target
	is_object(target)
	target.port != null
}

_targets contains [i, "startupProbe", target] if {
	some i, server in input.model.servers
	target := server.container.startupProbe.target
	is_object(target)
	target.port != null
}
