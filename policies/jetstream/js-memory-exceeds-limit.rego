# Streams in memory grow until the kernel ends the server, long before they reach their own limit.
package natslint.rules["js-memory-exceeds-limit"]

import data.natslint.lib.at_least
import data.natslint.lib.greater
import data.natslint.lib.less
import data.natslint.lib.size

violations contains {
	"at": ["servers", i, "config", "jetstream", "max_memory_store"],
	"case": _case(store, limit),
	"facts": {"store": size(store), "limit": size(limit)},
	"related": [{"at": ["servers", i, "container", "resources", "limits", "memory"], "case": "limit"}],
} if {
	some i, server in input.model.servers
	store := server.config.jetstream.max_memory_store
	limit := server.container.resources.limits.memory
	greater(limit, 0)
}

_case(store, limit) := "default" if at_least(store, limit)

_case(store, limit) := "near" if {
	less(store, limit)
	greater(store * 100, limit * 80)
}
