# A Deployment's pods keep neither their names nor their volumes.
package natslint.rules["js-on-deployment"]

import data.natslint.lib.greater
import data.natslint.lib.listens

violations contains {
	"at": ["servers", i, "workload", "kind"],
	"facts": {},
} if {
	some i in _jetstream
	server := input.model.servers[i]
	listens(server.config.cluster.port)
	greater(server.workload.replicas, 1)
}

violations contains {
	"at": ["servers", i, "workload", "kind"],
	"case": "rolling",
	"facts": {},
} if {
	some i in _jetstream
	server := input.model.servers[i]
	server.directories.jetstream_store_dir.mount.volume.source in {"persistentVolumeClaim", "hostPath"}
	_single(server.workload.replicas)
	i in _rolling
}

_jetstream contains i if {
	some i, server in input.model.servers
	server.kind == "nats"
	is_object(server.config.jetstream)
	server.workload.kind == "Deployment"
}

_single(replicas) if replicas == 1

_single(replicas) if is_null(replicas)

_rolling contains i if {
	some i, server in input.model.servers
	is_null(server.workload.strategy)
}

_rolling contains i if {
	some i, server in input.model.servers
	server.workload.strategy.type in [null, "RollingUpdate"]
}
