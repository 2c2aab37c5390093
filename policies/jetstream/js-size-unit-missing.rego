# A number without a unit is a number of bytes.
package natslint.rules["js-size-unit-missing"]

import data.natslint.lib.greater
import data.natslint.lib.less

violations contains {
	"at": ["servers", i, "config", "jetstream", "max_file_store"],
	"facts": {"bytes": bytes},
} if {
	some i, server in input.model.servers
	bytes := server.config.jetstream.max_file_store
	greater(bytes, 0)
	less(bytes, 1000000)
}

violations contains {
	"at": ["servers", i, "config", "jetstream", "max_memory_store"],
	"case": "memory",
	"facts": {"bytes": bytes},
} if {
	some i, server in input.model.servers
	bytes := server.config.jetstream.max_memory_store
	greater(bytes, 0)
	less(bytes, 1000000)
}
