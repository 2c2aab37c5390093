# Two servers lose their quorum with the first that fails. One alone is another rule's concern.
package natslint.rules["cluster-min-replicas"]

import data.natslint.lib.greater
import data.natslint.lib.less
import data.natslint.lib.option

violations contains {
	"at": ["servers", i, "workload", "replicas"],
	"facts": {"replicas": n, "least": least},
	"fix": {"set": least},
} if {
	some i, server in input.model.servers
	server.kind == "nats"
	is_object(server.config.cluster)
	server.peers == false
	n := server.workload.replicas
	least := option("cluster-min-replicas", "least")
	greater(n, 1)
	less(n, least)
}
