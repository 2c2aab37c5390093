# A Raft group counts a server until it is told that the server is gone.
package natslint.rules["scale-down-without-peer-remove"]

import data.natslint.lib.greater
import data.natslint.lib.less

violations contains {
	"at": ["servers", i, "workload", "replicas"],
	"case": case,
	"facts": {"was": was, "now": now},
} if {
	some [i, case] in _groups
	now := input.model.servers[i].workload.replicas
	was := input.base.servers[i].workload.replicas
	greater(now, 0)
	less(now, was)
}

_groups contains [i, "default"] if {
	some i, server in input.model.servers
	is_object(server.config.jetstream)
	is_object(input.base.servers[i].config.jetstream)
	is_object(input.base.servers[i].config.cluster)
}

_groups contains [i, "stan"] if {
	some i, server in input.model.servers
	is_object(server.streaming.cluster)
	is_object(input.base.servers[i].streaming.cluster)
}
