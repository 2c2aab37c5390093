# A server that finds its store and not the Raft log beside it refuses to start again.
package natslint.rules["stan-cluster-log-path-off-volume"]

import data.natslint.lib.ungrouped

# The store is on a volume, and the log goes past it.
violations contains {
	"at": ["servers", i, "streaming", "cluster", "log_path"],
	"case": _case(server.streaming.cluster.log_path, directory.absolute),
	"facts": {"path": directory.path, "mount": store.mountPath},
	"related": [{"at": ["servers", i, "directories", "streaming_dir", "mount", "mountPath"], "case": "volume"}],
} if {
	some i in _lost
	_store[i] == "file"
	server := input.model.servers[i]
	directory := server.directories.streaming_cluster_log_path
	store := server.directories.streaming_dir.mount
	store.volume.source in {"persistentVolumeClaim", "volumeClaimTemplate"}
}

# The store goes past it too, which is another rule's concern.
violations contains {
	"at": ["servers", i, "streaming", "cluster", "log_path"],
	"case": "both",
	"facts": {"path": server.directories.streaming_cluster_log_path.path, "mount": server.container.volumeMounts[j].mountPath},
	"related": [{"at": ["servers", i, "container", "volumeMounts", j, "mountPath"], "case": "volume"}],
} if {
	some i in _lost
	_store[i] == "file"
	i in _forgetful
	server := input.model.servers[i]
	j := min([at |
		some at, mount in server.container.volumeMounts
		mount.volume.source in {"persistentVolumeClaim", "volumeClaimTemplate"}
	])
}

# With the messages in a database the log is all that needs a volume. With files and no volume at all another rule speaks.
violations contains {
	"at": ["servers", i, "streaming", "cluster", "log_path"],
	"case": "sql",
	"facts": {"path": input.model.servers[i].directories.streaming_cluster_log_path.path},
} if {
	some i in _lost
	_store[i] == "sql"
}

# The clusters: where they keep their messages.
_store[i] := server.streaming.store if {
	some i, server in input.model.servers
	server.kind == "stan"
	is_object(server.streaming.cluster)
	ungrouped(server.streaming.ft_group)
}

# The servers whose log, and those whose store, ends with the container.
_lost contains i if {
	some i, server in input.model.servers
	is_null(server.directories.streaming_cluster_log_path.mount)
}

_lost contains i if {
	some i, server in input.model.servers
	server.directories.streaming_cluster_log_path.mount.volume.source == "emptyDir"
}

_forgetful contains i if {
	some i, server in input.model.servers
	is_null(server.directories.streaming_dir.mount)
}

_forgetful contains i if {
	some i, server in input.model.servers
	server.directories.streaming_dir.mount.volume.source == "emptyDir"
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
