# The servers of a cluster each have a log and a store of their own; in one directory they overwrite each other's.
package natslint.rules["stan-cluster-shared-volume"]

import data.natslint.lib.greater
import data.natslint.lib.ungrouped

violations contains {
	"at": ["servers", i, "directories", "streaming_dir", "mount", "volume", "claimName"],
	"facts": {"replicas": n},
	"related": [{"at": ["servers", i, "streaming", "cluster"], "case": "cluster"}],
} if {
	some i, n in _clusters
	server := input.model.servers[i]
	server.streaming.store == "file"
	mount := server.directories.streaming_dir.mount
	mount.volume.source == "persistentVolumeClaim"
	is_null(mount.subPathExpr)
}

# The same claim most often, and then the same finding.
violations contains {
	"at": ["servers", i, "directories", "streaming_cluster_log_path", "mount", "volume", "claimName"],
	"facts": {"replicas": n},
	"related": [{"at": ["servers", i, "streaming", "cluster"], "case": "cluster"}],
} if {
	some i, n in _clusters
	server := input.model.servers[i]
	server.streaming.store in {"file", "sql"}

	# The default has the node's name in it.
	is_string(server.streaming.cluster.log_path)
	mount := server.directories.streaming_cluster_log_path.mount
	mount.volume.source == "persistentVolumeClaim"
	is_null(mount.subPathExpr)
}

# The clusters whose servers are pods of one workload, and so have the same claims: how many servers they have.
_clusters[i] := n if {
	some i, server in input.model.servers
	server.kind == "stan"
	is_object(server.streaming.cluster)
	ungrouped(server.streaming.ft_group)
	n := server.workload.replicas
	greater(n, 1)
}
