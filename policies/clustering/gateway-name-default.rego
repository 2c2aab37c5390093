# A gateway's name is the name of its cluster among all others.
package natslint.rules["gateway-name-default"]

import data.natslint.lib.less

violations contains {
	"at": ["servers", i, "config", "gateway", "name"],
	"facts": {},
} if {
	some i, server in input.model.servers
	server.config.gateway.name == "default"
}

violations contains {
	"at": ["servers", i, "config", "gateway", "gateways", k, "name"],
	"case": "repeated",
	"facts": {"name": remote.name},
} if {
	some i, server in input.model.servers
	some k, remote in server.config.gateway.gateways
	is_string(remote.name)
	less(min(_named[i][remote.name]), k)
}

# Where each name stands.
_named[i][remote.name] contains k if {
	some i, server in input.model.servers
	some k, remote in server.config.gateway.gateways
}
