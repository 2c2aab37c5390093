# The standby of a fault tolerance group can take over only what it can read: the store has to be one volume for all.
package natslint.rules["stan-ft-needs-rwx"]

import data.natslint.lib.at_least
import data.natslint.lib.greater
import data.natslint.lib.grouped

# A claim that all servers name, but that one node at a time may mount.
violations contains {
	"at": ["servers", i, "directories", "streaming_dir", "mount", "volume", "accessModes", 0],
	"facts": {"replicas": n, "modes": concat(", ", modes)},
	"related": [_group(i)],
} if {
	some i, n in _replicas
	modes := _one_claim[i]
	unread := input.model.servers[i].unread
	read := [1 | some one in unread; one.because != "not an existing claim"]
	count(read) == count(unread)
}

# The chart made that claim itself, beside the one that somebody wrote down.
violations contains {
	"at": ["servers", i, "unread", j, "value"],
	"case": "ignored-claim",
	"facts": {"replicas": n, "modes": concat(", ", modes), "claim": one.value},
	"related": [_group(i)],
} if {
	some i, n in _replicas
	modes := _one_claim[i]
	some j, one in input.model.servers[i].unread
	one.because == "not an existing claim"
}

# A volume for each server.
violations contains {
	"at": ["servers", i, "directories", "streaming_dir", "mount", "volume"],
	"case": "own-volume",
	"facts": {"replicas": n},
	"related": [_group(i)],
} if {
	some i, n in _replicas
	input.model.servers[i].directories.streaming_dir.mount.volume.source == "volumeClaimTemplate"
}

violations contains {
	"at": ["servers", i, "directories", "streaming_dir", "mount", "volume"],
	"case": "own-volume",
	"facts": {"replicas": n},
	"related": [_group(i)],
} if {
	some i, n in _replicas
	i in _claimless
	input.model.servers[i].directories.streaming_dir.mount.volume.source == "emptyDir"
}

# No volume at all.
violations contains {
	"at": ["servers", i, "streaming", "ft_group"],
	"case": "no-volume",
	"facts": {"replicas": n},
} if {
	some i, n in _replicas
	i in _claimless
	is_null(input.model.servers[i].directories.streaming_dir.mount)
}

# Where a claim is mounted and the store goes past it, the store's path is the mistake, and another rule speaks.
_claimless contains i if {
	some i, server in input.model.servers
	others := [1 | some mount in server.container.volumeMounts; mount.volume.source in {"emptyDir", "hostPath", "nfs", "configMap", "secret", "projected", "other"}]
	count(others) == count(server.container.volumeMounts)
}

# The groups with a store of files, by server: how many servers are in them.
_replicas[i] := n if {
	some i, server in input.model.servers
	server.kind == "stan"
	server.streaming.store == "file"
	grouped(server.streaming.ft_group)
	is_null(server.streaming.cluster)
	n := server.workload.replicas
	at_least(n, 2)
}

_one_claim[i] := modes if {
	some i, server in input.model.servers
	volume := server.directories.streaming_dir.mount.volume
	volume.source == "persistentVolumeClaim"
	modes := volume.accessModes
	greater(count(modes), 0)
	not "ReadWriteMany" in modes
}

_group(i) := {"at": ["servers", i, "streaming", "ft_group"], "case": "group"}
