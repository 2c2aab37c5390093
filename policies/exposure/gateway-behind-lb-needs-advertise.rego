# Gateways tell each other where their servers are, and behind a balancer the addresses are wrong.
package natslint.rules["gateway-behind-lb-needs-advertise"]

import data.natslint.lib.greater

violations contains {
	"at": ["servers", i, "config", "gateway", "advertise"],
	"facts": {"through": way.through},
	"related": [{"at": ["servers", i, "exposures", j, "through"], "case": "exposure"}],
} if {
	some i, server in input.model.servers
	is_null(server.config.gateway.advertise)
	greater(server.workload.replicas, 1)
	j := min([at |
		some at, candidate in server.exposures
		candidate.listener == "gateway"
		candidate.through in ["LoadBalancer", "NodePort"]
	])
	way := server.exposures[j]
}
