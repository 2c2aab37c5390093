# A policy whose rule for clients names nobody lets everybody in.
package natslint.rules["netpol-allows-external"]

violations contains {
	"at": ["servers", i, "networkPolicies", j, "ingress", k, "anybody"],
	"facts": {},
} if {
	some i, server in input.model.servers
	server.scope.environment in ["production", "staging"]
	some j, policy in server.networkPolicies
	some k, one in policy.ingress
	one.anybody == true
	one.clients == true
	services := server.services
	inside := [service | some service in services; service.type in ["ClusterIP", "ExternalName"]]
	count(inside) == count(services)
}
