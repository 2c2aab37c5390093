# A route is set aside for an account out of a pool of them.
package natslint.rules["pinned-accounts-invalid"]

import data.natslint.lib.less
import data.natslint.lib.some_of

violations contains {
	"at": ["servers", i, "config", "cluster", "pool_size"],
	"facts": {"size": size},
} if {
	some i, server in input.model.servers
	size := server.config.cluster.pool_size
	less(size, 0)
	some_of(server.config.cluster.accounts)
}

violations contains {
	"at": ["servers", i, "config", "cluster", "accounts", k],
	"case": "duplicate",
	"facts": {"account": account},
} if {
	some i, server in input.model.servers
	accounts := server.config.cluster.accounts
	some k, account in accounts
	less(min(_places[i][account]), k)
}

# Where each account stands.
_places[i][account] contains k if {
	some i, server in input.model.servers
	some k, account in server.config.cluster.accounts
}
