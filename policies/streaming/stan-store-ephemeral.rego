# What NATS Streaming promised to keep is gone with the container, where no volume keeps it.
package natslint.rules["stan-store-ephemeral"]

import data.natslint.lib.at_most
import data.natslint.lib.given
import data.natslint.lib.greater
import data.natslint.lib.ungrouped

# Nothing is mounted that outlives the pod.
violations contains {
	"at": ["servers", i, "container", "volumeMounts"],
	"case": _case(server.workload.volumeClaimTemplates),
	"facts": {"path": server.directories.streaming_dir.path},
} if {
	some i in _files
	i in _volumeless
	server := input.model.servers[i]
	is_null(server.resource)
	is_null(server.directories.streaming_dir.mount)
}

# A directory that is the pod's own.
violations contains {
	"at": ["servers", i, "directories", "streaming_dir", "mount", "volume"],
	"case": "empty-dir",
	"facts": {"path": server.directories.streaming_dir.path},
} if {
	some i in _files
	server := input.model.servers[i]
	server.directories.streaming_dir.mount.volume.source == "emptyDir"
	i in _volumeless
}

# nats-streaming-operator makes a folder for each pod below the one that it is told of.
violations contains {
	"at": ["servers", i, "resource", "config", "storeDir"],
	"facts": {"path": path},
} if {
	some i in _files
	server := input.model.servers[i]
	path := server.resource.config.storeDir
	given(path)
	server.container.volumeMounts == []
}

violations contains {
	"at": ["servers", i, "streaming", "store"],
	"case": "memory",
	"facts": {},
} if {
	some i in _alone
	server := input.model.servers[i]
	is_object(server.container)
	server.streaming.store == "memory"
}

violations contains {
	"at": ["servers", i, "container"],
	"case": "unset",
	"facts": {},
} if {
	some i in _alone
	server := input.model.servers[i]
	is_object(server.container)
	server.streaming.store in {null, ""}
}

# The servers with a store of files that no standby shares. Of groups of several, another rule speaks.
_files contains i if {
	some i, server in input.model.servers
	server.kind == "stan"
	server.streaming.store == "file"
	ungrouped(server.streaming.ft_group)
}

_files contains i if {
	some i, server in input.model.servers
	server.kind == "stan"
	server.streaming.store == "file"
	at_most(server.workload.replicas, 1)
}

# Where a claim is mounted and the store goes past it, the path is the mistake, and another rule speaks.
_volumeless contains i if {
	some i, server in input.model.servers
	fleeting := [1 | some mount in server.container.volumeMounts; mount.volume.source in {"emptyDir", "configMap", "secret", "projected"}]
	count(fleeting) == count(server.container.volumeMounts)
}

# What is only in memory cannot be shared: of groups and clusters, other rules speak.
_alone contains i if {
	some i, server in input.model.servers
	server.kind == "stan"
	is_null(server.streaming.cluster)
	ungrouped(server.streaming.ft_group)
}

_case(templates) := "unmounted" if greater(count(templates), 0)

_case(templates) := "default" if templates in [null, []]
