# Kubernetes takes every network policy; whether one has an effect is up to the network plugin.
package natslint.rules["netpol-needs-cni"]

violations contains {
	"at": ["servers", i, "networkPolicies", j],
	"facts": {},
} if {
	input.cluster.networkPolicies == false
	some i, server in input.model.servers
	some j, _ in server.networkPolicies
}
