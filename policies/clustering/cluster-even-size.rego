# The last server of an even number adds to the majority that is needed, and to nothing else.
package natslint.rules["cluster-even-size"]

import data.natslint.lib.at_least

violations contains {
	"at": ["servers", i, "workload", "replicas"],
	"facts": {"replicas": n, "fewer": n - 1, "losses": (n / 2) - 1},
} if {
	some i in _deciding
	server := input.model.servers[i]
	server.peers == false
	n := server.workload.replicas
	at_least(n, 4)
	n % 2 == 0
}

# Clusters that decide by majority, each a workload of its own.
_deciding contains i if {
	some i, server in input.model.servers
	server.kind == "nats"
	is_object(server.config.cluster)
	is_object(server.config.jetstream)
	is_null(server.config.gateway)
}

_deciding contains i if {
	some i, server in input.model.servers
	server.kind == "stan"
	is_object(server.streaming.cluster)
}
