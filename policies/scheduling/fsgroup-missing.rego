# A new volume belongs to root; a server that is another user can write it only by the pod's group.
package natslint.rules["fsgroup-missing"]

import data.natslint.lib.greater
import data.natslint.lib.none

violations contains {
	"at": ["servers", i, "identity", "fsGroup"],
	"facts": {"user": server.identity.runAsUser, "path": min(paths)},
} if {
	some i, server in input.model.servers
	greater(server.identity.runAsUser, 0)
	is_null(server.identity.fsGroup)

	# One that hands the volume over may be among them.
	none(server.workload.pod.initContainers)
	paths := {path | some [i, path] in _claimed}
}

# Directories on claims of block storage, as far as the class tells.
_claimed contains [i, path] if {
	some [i, path, mount] in _mounts
	mount.volume.source in ["volumeClaimTemplate", "persistentVolumeClaim"]
	mount.volume.accessModes in [null, [], ["ReadWriteOnce"], ["ReadWriteOncePod"]]
	_on_blocks(mount.volume.storageClassName)
}

_on_blocks(class) if is_null(class)

# Files that are shared over the network, or lie on the node, have owners of their own.
_on_blocks(class) if {
	is_string(class)
	not regex.match(`(?i)nfs|efs|smb|cifs|azure-?file|cephfs|gluster|local|host`, class)
}

_mounts contains [i, one.path, one.mount] if {
	some i, server in input.model.servers
	one := server.directories.jetstream_store_dir
}

_mounts contains [i, one.path, one.mount] if {
	some i, server in input.model.servers
	one := server.directories.resolver_dir
}

_mounts contains [i, one.path, one.mount] if {
	some i, server in input.model.servers
	one := server.directories.streaming_dir
}

_mounts contains [i, one.path, one.mount] if {
	some i, server in input.model.servers
	one := server.directories.streaming_cluster_log_path
}
