# The operator looks at the size and the version of a cluster that runs, and at nothing else of its pods.
package natslint.rules["operator-immutable-field"]

violations contains {
	"at": ["servers", i, "container", "resources"],
	"facts": {"field": "resources"},
} if {
	some i in _same
	input.model.servers[i].container.resources != input.base.servers[i].container.resources
}

violations contains {
	"at": ["servers", i, "workload", "pod", field],
	"facts": {"field": field},
} if {
	some i in _same
	some field in ["nodeSelector", "tolerations", "affinity"]
	input.model.servers[i].workload.pod[field] != input.base.servers[i].workload.pod[field]
}

_same contains i if {
	some i, server in input.model.servers
	old := input.base.servers[i]
	server.workload.kind == "NatsCluster"
	old.workload.kind == "NatsCluster"
	server.workload.name == old.workload.name
}
