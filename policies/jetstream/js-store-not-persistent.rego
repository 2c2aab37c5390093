# A stream of files outlives its server only if the files do.
package natslint.rules["js-store-not-persistent"]

import data.natslint.lib.greater

violations contains {
	"at": ["servers", i, "config", "jetstream", "store_dir"],
	"facts": {"path": directory.path},
} if {
	some i in _files
	directory := input.model.servers[i].directories.jetstream_store_dir
	is_null(directory.mount)
}

violations contains {
	"at": ["servers", i, "config", "jetstream", "store_dir"],
	"case": "empty-dir",
	"facts": {"path": directory.path},
} if {
	some i in _files
	directory := input.model.servers[i].directories.jetstream_store_dir
	directory.mount.volume.source == "emptyDir"
}

violations contains {
	"at": ["servers", i, "config", "jetstream"],
	"case": "unset",
	"facts": {},
} if {
	some i in _files
	server := input.model.servers[i]
	is_null(server.config.jetstream.store_dir)
	_wants_files(server.config.jetstream.max_memory_store, server.config.jetstream.max_file_store)
	mounts := server.container.volumeMounts
	elsewhere := [1 | some mount in mounts; regex.match(`^/tmp(/nats(/jetstream)?)?/?$`, mount.mountPath) == false]
	count(elsewhere) == count(mounts)
}

# The servers of JetStream that may write files.
_files contains i if {
	some i, server in input.model.servers
	server.kind == "nats"
	is_object(server.container)
	_may_write(server.config.jetstream.max_file_store)
}

# Who says how much memory, and nothing of files, wants none.
_wants_files(_, files) if greater(files, 0)

_wants_files(memory, files) if {
	is_null(memory)
	is_null(files)
}

_may_write(bytes) if is_null(bytes)

_may_write(bytes) if greater(bytes, 0)
