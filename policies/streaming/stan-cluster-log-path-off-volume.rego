# What a server of the cluster has voted and stored is in the Raft log; in the container it ends with the container.
package natslint.rules["stan-cluster-log-path-off-volume"]

import data.natslint.lib.ungrouped

# A volume is mounted, and the log goes past it.
violations contains {
	"at": ["servers", i, "streaming", "cluster", "log_path"],
	"case": _case(server.streaming.cluster.log_path, directory.absolute),
	"facts": {"path": directory.path, "mount": server.container.volumeMounts[j].mountPath},
	"related": [{"at": ["servers", i, "container", "volumeMounts", j, "mountPath"], "case": "volume"}],
} if {
	some i in _lost
	server := input.model.servers[i]
	_clustered[i] == "file"
	directory := server.directories.streaming_cluster_log_path
	j := min([at |
		some at, mount in server.container.volumeMounts
		mount.volume.source in {"persistentVolumeClaim", "volumeClaimTemplate"}
	])
}

# With the messages in a database the log is all that needs a volume. With files that have none either another rule speaks.
violations contains {
	"at": ["servers", i, "streaming", "cluster", "log_path"],
	"case": "sql",
	"facts": {"path": input.model.servers[i].directories.streaming_cluster_log_path.path},
} if {
	some i in _lost
	_clustered[i] == "sql"
}

_clustered[i] := server.streaming.store if {
	some i, server in input.model.servers
	server.kind == "stan"
	is_object(server.streaming.cluster)
	ungrouped(server.streaming.ft_group)
}

_lost contains i if {
	some i, server in input.model.servers
	is_null(server.directories.streaming_cluster_log_path.mount)
}

_lost contains i if {
	some i, server in input.model.servers
	server.directories.streaming_cluster_log_path.mount.volume.source == "emptyDir"
}

_case(written, _) := "unset" if is_null(written)

_case(written, _) := "unset" if written == ""

_case(written, absolute) := "default" if {
	is_string(written)
	written != ""
	absolute == true
}

_case(written, absolute) := "relative" if {
	is_string(written)
	written != ""
	absolute == false
}
