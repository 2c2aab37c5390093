# The operator finds its own pods by these.
package natslint.rules["operator-reserved-labels"]

violations contains {
	"at": ["servers", i, "resource", "labels", j],
	"facts": {"label": label},
} if {
	some i, server in input.model.servers
	server.resource.kind == "NatsCluster"
	some j, label in server.resource.labels
	regex.match(`^(?:app$|nats_)`, label)
}
