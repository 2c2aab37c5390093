# A single server sets aside what its accounts may fill.
package natslint.rules["js-account-limits-exceed-server"]

import data.natslint.lib.closed
import data.natslint.lib.greater
import data.natslint.lib.size

violations contains {
	"at": ["servers", i, "config", "jetstream", key],
	"facts": {"wanted": size(wanted), "has": size(has), "what": what},
	"related": [{"at": array.concat(["servers", i, "config", "accounts"], at), "case": "account"} |
		some [at, _] in reserved
	],
} if {
	some i in _single
	some [key, what, limit] in [["max_memory_store", "memory", "max_memory"], ["max_file_store", "disk", "max_store"]]
	jetstream := input.model.servers[i].config.jetstream
	has := jetstream[key]
	reserved := {[[account, "jetstream_limits", limit], bytes] |
		some account, block in input.model.servers[i].config.accounts
		bytes := block.jetstream_limits[limit]
		greater(bytes, 0)
	}
	wanted := sum([bytes | some [_, bytes] in reserved])
	greater(wanted, has)
}

_single contains i if {
	some i, server in input.model.servers
	is_null(server.config.gateway)
	is_null(server.config.cluster)
}

_single contains i if {
	some i, server in input.model.servers
	is_null(server.config.gateway)
	closed(server.config.cluster.port)
}
