# Whoever deploys the servers is told not to look at their number, so what is scaled by hand stays so.
package natslint.rules["manual-scale-drift"]

violations contains {
	"at": ["servers", i, "ignoredReplicas", k],
	"facts": {"tool": one.tool, "path": one.path},
} if {
	some i, server in input.model.servers
	some k, one in server.ignoredReplicas
}
