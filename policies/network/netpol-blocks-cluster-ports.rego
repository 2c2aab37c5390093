# Servers that cannot reach each other are no cluster from the next restart on.
package natslint.rules["netpol-blocks-cluster-ports"]

import data.natslint.lib.greater
import data.natslint.lib.some_of

violations contains {
	"at": ["servers", i, "isolation"],
	"facts": {"port": server.config.cluster.port},
} if {
	some i in _clustered
	server := input.model.servers[i]
	server.isolation.routes == true
	is_number(server.config.cluster.port)
}

violations contains {
	"at": ["servers", i, "isolation"],
	"case": "names",
	"facts": {},
} if {
	some i in _clustered
	input.model.servers[i].isolation.routes == false
	input.model.servers[i].isolation.names == true
}

_clustered contains i if {
	some i, server in input.model.servers
	some_of(server.config.cluster.routes)
	greater(server.workload.replicas, 1)
}
