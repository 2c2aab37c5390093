# Without a readiness probe clients are sent to servers that do not answer yet, and a roll-out does not wait for them.
package natslint.rules["probe-disabled"]

import data.natslint.lib.declared_production

violations contains {
	"at": ["servers", i, "container", "readinessProbe"],
	"facts": {},
} if {
	some i in _switched
	is_null(input.model.servers[i].container.readinessProbe)
}

violations contains {
	"at": ["servers", i, "container", "livenessProbe"],
	"case": "liveness",
	"facts": {},
} if {
	some i in _switched
	is_null(input.model.servers[i].container.livenessProbe)
}

violations contains {
	"at": ["servers", i, "container", "readinessProbe"],
	"case": "none",
	"facts": {},
} if {
	some i, server in input.model.servers
	declared_production(server.scope.environment, server.scope.environmentFrom)
	is_null(server.chart)
	server.workload.kind in ["StatefulSet", "Deployment"]
	is_null(server.container.readinessProbe)
}

# Charts that have both probes until somebody switches one off.
_switched contains i if {
	some i, server in input.model.servers
	server.chart.repository in ["bitnami", "stable", "qlik"]
}

# The second writing of the nats chart has them wherever there is a port to ask; only a merge or a patch takes one away.
_switched contains i if {
	some i, server in input.model.servers
	server.chart.repository == "nats-io"
	server.chart.generation == "1x"
	is_number(server.config.http_port)
}
