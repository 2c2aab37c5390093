# The chart has a policy for the asking, and nobody asked.
package natslint.rules["netpol-missing-in-prod"]

import data.natslint.lib.declared_production

violations contains {
	"at": ["servers", i, "networkPolicies"],
	"facts": {},
} if {
	some i, server in input.model.servers
	declared_production(server.scope.environment, server.scope.environmentFrom)
	server.chart.repository in ["bitnami", "stable", "qlik"]
	server.networkPolicies == []
}
