# A gateway without name, port or a way to the others leads nowhere.
package natslint.rules["gateway-incomplete"]

import data.natslint.lib.closed
import data.natslint.lib.given
import data.natslint.lib.listens
import data.natslint.lib.none
import data.natslint.lib.unset

violations contains {
	"at": ["servers", i, "config", "gateway", "name"],
	"facts": {},
} if {
	some i, server in input.model.servers
	listens(server.config.gateway.port)
	unset(server.config.gateway.name)
}

violations contains {
	"at": ["servers", i, "config", "gateway", "port"],
	"case": "port",
	"facts": {"name": name},
} if {
	some i, server in input.model.servers
	closed(server.config.gateway.port)
	name := server.config.gateway.name
	given(name)
}

violations contains {
	"at": ["servers", i, "config", "gateway", "gateways", j, "name"],
	"case": "remote-name",
	"facts": {},
} if {
	some i, server in input.model.servers
	listens(server.config.gateway.port)
	some j, remote in server.config.gateway.gateways
	unset(remote.name)
}

violations contains {
	"at": ["servers", i, "config", "gateway", "gateways", j, "url"],
	"case": "remote-url",
	"facts": {"name": remote.name},
} if {
	some i, server in input.model.servers
	listens(server.config.gateway.port)
	some j, remote in server.config.gateway.gateways
	given(remote.name)
	is_null(remote.url)
	none(remote.urls)
}
