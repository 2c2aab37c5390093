# Each server of JetStream needs a directory that is its own; a claim that the pod names is one for all pods.
package natslint.rules["js-existing-claim-multi-replica"]

import data.natslint.lib.greater

violations contains {
	"at": ["servers", i, "directories", "jetstream_store_dir", "mount", "volume", "claimName"],
	"facts": {"replicas": n, "claim": mount.volume.claimName},
	"related": [{"at": ["servers", i, "workload", "replicas"], "case": "replicas"}],
} if {
	some i, server in input.model.servers
	server.kind == "nats"
	is_object(server.config.jetstream)
	mount := server.directories.jetstream_store_dir.mount
	mount.volume.source == "persistentVolumeClaim"
	is_null(mount.subPathExpr)
	n := server.workload.replicas
	greater(n, 1)
}
