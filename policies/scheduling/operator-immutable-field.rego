# The operator looks at the size and the version of a cluster that runs, and at nothing else of its pods.
package natslint.rules["operator-immutable-field"]

violations contains {
	"at": ["servers", i, "container", "resources"],
	"facts": {"field": "resources"},
} if {
	some i in _same
	some part in ["requests", "limits"]
	some name in ["cpu", "memory"]
	input.model.servers[i].container.resources[part][name] != input.base.servers[i].container.resources[part][name]
}

violations contains {
	"at": ["servers", i, "workload", "pod", "nodeSelector"],
	"facts": {"field": "nodeSelector"},
} if {
	some i in _same
	input.model.servers[i].workload.pod.nodeSelector != input.base.servers[i].workload.pod.nodeSelector
}

# What is known of these is seldom all of them; that there are any, or none, is.
violations contains {
	"at": ["servers", i, "workload", "pod", field],
	"facts": {"field": field},
} if {
	some i in _same
	some field in ["tolerations", "affinity"]
	is_null(input.model.servers[i].workload.pod[field]) != is_null(input.base.servers[i].workload.pod[field])
}

_same contains i if {
	some i, server in input.model.servers
	old := input.base.servers[i]
	server.workload.kind == "NatsCluster"
	old.workload.kind == "NatsCluster"
	server.workload.name == old.workload.name
}
