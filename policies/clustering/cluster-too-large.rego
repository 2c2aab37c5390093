# Every member of a Raft group costs each election and each heartbeat.
package natslint.rules["cluster-too-large"]

import data.natslint.lib.greater
import data.natslint.lib.none
import data.natslint.lib.option
import data.natslint.lib.unset

violations contains {
	"at": ["servers", i, "workload", "replicas"],
	"facts": {"replicas": n},
} if {
	some i, server in input.model.servers
	server.kind == "nats"
	is_object(server.config.cluster)
	is_object(server.config.jetstream)
	unset(server.config.jetstream.unique_tag)
	none(server.config.server_tags)
	n := server.workload.replicas
	greater(n, option("cluster-too-large", "most"))
}

violations contains {
	"at": ["servers", i, "workload", "replicas"],
	"case": "streaming",
	"facts": {"replicas": n},
} if {
	some i, server in input.model.servers
	server.kind == "stan"
	is_object(server.streaming.cluster)
	n := server.workload.replicas
	greater(n, option("cluster-too-large", "mostStreaming"))
}
