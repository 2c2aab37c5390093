# What leaf nodes want goes between gateways by way of the system account.
package natslint.rules["leafnode-gateway-needs-system-account"]

import data.natslint.lib.given
import data.natslint.lib.listens
import data.natslint.lib.unset

violations contains {
	"at": ["servers", i, "config", "leafnodes", "port"],
	"facts": {},
} if {
	some i, server in input.model.servers
	listens(server.config.leafnodes.port)
	unset(server.config.system_account)
	i in _gateways
}

_gateways contains i if {
	some i, server in input.model.servers
	listens(server.config.gateway.port)
}

_gateways contains i if {
	some i, server in input.model.servers
	given(server.config.gateway.name)
}
