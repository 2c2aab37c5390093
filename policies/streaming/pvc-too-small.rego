# A disk that is full stops the server, and what it holds is what the limits let it hold.
package natslint.rules["pvc-too-small"]

import data.natslint.lib.at_least
import data.natslint.lib.greater
import data.natslint.lib.less
import data.natslint.lib.size

violations contains {
	"at": ["servers", i, "directories", name, "mount", "volume", "storage"],
	"facts": {"size": size(storage)},
} if {
	some [i, name, storage] in _claims
	less(storage, 1073741824)
}

violations contains {
	"at": ["servers", i, "directories", "streaming_dir", "mount", "volume", "storage"],
	"case": "limit",
	"facts": {"size": size(storage), "limit": size(max(_limits[i]))},
} if {
	some [i, name, storage] in _claims
	name == "streaming_dir"
	greater(max(_limits[i]), storage)

	# Of a smaller one enough is said.
	at_least(storage, 1073741824)
}

# What the limits let one channel of a store of files have.
_limits[i] contains bytes if {
	some i, server in input.model.servers
	server.streaming.store == "file"
	bytes := server.streaming.store_limits.max_bytes
	greater(bytes, 0)
}

_limits[i] contains channel.max_bytes if {
	some i, server in input.model.servers
	server.streaming.store == "file"
	some channel in server.streaming.store_limits.channels
	greater(channel.max_bytes, 0)
}

_claims contains [i, "streaming_dir", volume.storage] if {
	some i, server in input.model.servers
	server.streaming.store == "file"
	volume := server.directories.streaming_dir.mount.volume
	greater(volume.storage, 0)
	_counts(volume.storageClassName, volume.storageClassAnnotation)
}

_claims contains [i, "jetstream_store_dir", volume.storage] if {
	some i, server in input.model.servers
	volume := server.directories.jetstream_store_dir.mount.volume
	greater(volume.storage, 0)
	_counts(volume.storageClassName, volume.storageClassAnnotation)
}

# A file system for all does not look at the number.
_counts(class, annotation) if {
	_sized(class)
	_sized(annotation)
}

_sized(class) if is_null(class)

_sized(class) if {
	is_string(class)
	not regex.match(`(?i)efs|nfs|cephfs|azure-?file`, class)
}
