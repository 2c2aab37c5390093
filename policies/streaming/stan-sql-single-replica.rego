# One database has one server of NATS Streaming that works, however many are asked for.
package natslint.rules["stan-sql-single-replica"]

import data.natslint.lib.greater
import data.natslint.lib.ungrouped

violations contains {
	"at": ["servers", i, "resource", "size"],
	"case": "operator",
	"facts": {"size": size},
	"fix": {"set": 1},
} if {
	some i, server in input.model.servers
	server.resource.kind == "NatsStreamingCluster"
	server.resource.store == "SQL"
	size := server.resource.size
	greater(size, 1)
}

violations contains {
	"at": ["servers", i, "workload", "replicas"],
	"facts": {"replicas": replicas},
	"fix": {"set": 1},
} if {
	some i, server in input.model.servers
	is_null(server.resource)
	server.streaming.store == "sql"
	is_null(server.streaming.cluster)
	ungrouped(server.streaming.ft_group)
	replicas := server.workload.replicas
	greater(replicas, 1)
}
