# Without a disruption budget a drain may evict several servers of a cluster at once.
package natslint.rules["pdb-missing"]

import data.natslint.lib.greater

violations contains {
	"at": ["servers", i, "disruptionBudgets"],
	"facts": {"replicas": input.model.servers[i].workload.replicas},
} if {
	some i in _clustered
	i in _budgeted
	greater(input.model.servers[i].workload.replicas, 1)
	input.model.servers[i].disruptionBudgets == []
}

_clustered contains i if {
	some i, server in input.model.servers
	is_object(server.config.cluster)
}

_clustered contains i if {
	some i, server in input.model.servers
	is_object(server.streaming.cluster)
}

# Charts that have one to switch on, and what is there without any chart.
_budgeted contains i if {
	some i, server in input.model.servers
	is_null(server.chart)
}

_budgeted contains i if {
	some i, server in input.model.servers
	server.chart.name == "nats"
	server.chart.repository in ["nats-io", "bitnami", "stable"]
}
