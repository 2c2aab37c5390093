# A policy that selects no pods protects none.
package natslint.rules["netpol-selector-mismatch"]

violations contains {
	"at": ["servers", i, "strayPolicies", j],
	"facts": {"policy": policy.name},
} if {
	some i, server in input.model.servers
	some j, policy in server.strayPolicies
}
