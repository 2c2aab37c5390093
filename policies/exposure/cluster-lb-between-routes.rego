# A route through a balancer ends at any server, perhaps the one that it began at.
package natslint.rules["cluster-lb-between-routes"]

import data.natslint.lib.greater

violations contains {
	"at": ["servers", i, "balancedRoutes", j, "service"],
	"facts": {"service": route.service},
} if {
	some i, server in input.model.servers
	greater(server.workload.replicas, 1)
	some j, route in server.balancedRoutes
}
