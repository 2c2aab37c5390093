# A volume is mounted, and the store's files go past it. Without any volume to keep data another rule speaks.
package natslint.rules["stan-store-path-off-volume"]

violations contains {
	"at": ["servers", i, "streaming", "dir"],
	"case": _case(directory.absolute),
	"facts": {"path": directory.path, "mount": server.container.volumeMounts[j].mountPath},
	"related": [{"at": ["servers", i, "container", "volumeMounts", j, "mountPath"], "case": "volume"}],
	"fix": {"set": _below(server.container.volumeMounts[j].mountPath, directory.path)},
} if {
	some i in _lost
	server := input.model.servers[i]
	server.kind == "stan"
	server.streaming.store == "file"
	directory := server.directories.streaming_dir
	j := min([at |
		some at, mount in server.container.volumeMounts
		mount.volume.source in {"persistentVolumeClaim", "volumeClaimTemplate"}
	])
}

_lost contains i if {
	some i, server in input.model.servers
	is_null(server.directories.streaming_dir.mount)
}

_lost contains i if {
	some i, server in input.model.servers
	server.directories.streaming_dir.mount.volume.source == "emptyDir"
}

_case(absolute) := "default" if absolute == true

_case(absolute) := "relative" if absolute == false

# The last part of the path, in the volume.
_below(mount, path) := concat("/", [trim_right(mount, "/"), last]) if {
	parts := split(trim_right(path, "/"), "/")
	last := parts[count(parts) - 1]
}
