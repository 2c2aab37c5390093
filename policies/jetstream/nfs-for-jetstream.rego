# JetStream wants a disk of its own; a file system of the network locks and writes otherwise.
package natslint.rules["nfs-for-jetstream"]

violations contains {
	"at": ["servers", i, "directories", "jetstream_store_dir", "mount", "volume"],
	"facts": {},
} if {
	some i, server in input.model.servers
	server.directories.jetstream_store_dir.mount.volume.source == "nfs"
}

violations contains {
	"at": ["servers", i, "directories", "jetstream_store_dir", "mount", "volume", "storageClassName"],
	"case": "class",
	"facts": {"class": class},
} if {
	some i in _claims
	class := input.model.servers[i].directories.jetstream_store_dir.mount.volume.storageClassName
	_networked(class)
}

violations contains {
	"at": ["servers", i, "directories", "jetstream_store_dir", "mount", "volume", "accessModes"],
	"case": "mode",
	"facts": {},
} if {
	some i in _claims
	volume := input.model.servers[i].directories.jetstream_store_dir.mount.volume
	"ReadWriteMany" in volume.accessModes
	class := volume.storageClassName
	not _networked(class)
}

_claims contains i if {
	some i, server in input.model.servers
	server.directories.jetstream_store_dir.mount.volume.source in {"volumeClaimTemplate", "persistentVolumeClaim"}
}

# As classes are called by their providers, and by those who follow them.
_networked(class) if regex.match(`(?i)(^|[-_.])(nfs|efs|cephfs|azure-?file|glusterfs|smb|cifs)([-_.]|$)|^filestore|nfs-client`, class)
