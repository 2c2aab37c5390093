# Without a folder of its own the store is in the container, and an FT group is nothing at all.
package natslint.rules["stan-operator-no-storedir"]

import data.natslint.lib.given
import data.natslint.lib.unset

violations contains {
	"at": ["servers", i, "resource", "config"],
	"facts": {},
} if {
	some i in _homeless
	unset(input.model.servers[i].resource.config.ftGroup)
}

violations contains {
	"at": ["servers", i, "resource"],
	"facts": {},
} if {
	some i in _homeless
	is_null(input.model.servers[i].resource.config)
}

violations contains {
	"at": ["servers", i, "resource", "config", "ftGroup"],
	"case": "group",
	"facts": {"group": group},
} if {
	some i in _homeless
	group := input.model.servers[i].resource.config.ftGroup
	given(group)
}

_homeless contains i if {
	some i in _files
	server := input.model.servers[i]
	is_null(server.directories.streaming_dir.mount)
	unset(server.resource.config.storeDir)
}

_homeless contains i if {
	some i in _files
	server := input.model.servers[i]
	is_null(server.directories.streaming_dir.mount)
	is_null(server.resource.config)
}

# Of words that only mean files by mistake, another rule speaks.
_files contains i if {
	some i, server in input.model.servers
	server.resource.kind == "NatsStreamingCluster"
	server.resource.store in {null, "", "FILE", "file", "File"}
}
