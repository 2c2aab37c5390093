# JetStream keeps the name of its cluster, so it takes none that a server invented.
package natslint.rules["cluster-name-required"]

import data.natslint.lib.listens
import data.natslint.lib.unset

violations contains {
	"at": ["servers", i, "config", "cluster", "name"],
	"case": "jetstream",
	"facts": {},
} if {
	some i in _nameless
	is_object(input.model.servers[i].config.jetstream)
}

violations contains {
	"at": ["servers", i, "config", "cluster", "name"],
	"facts": {},
} if {
	some i in _nameless
	is_null(input.model.servers[i].config.jetstream)
	i in _by_hand
}

# Where a chart or an operator writes the configuration, or the image brings it, nobody has asked for a name that clients never see.
_by_hand contains i if {
	some i, server in input.model.servers
	is_null(server.chart)
	server.imageConf == false
}

_nameless contains i if {
	some i, server in input.model.servers
	server.kind == "nats"
	listens(server.config.cluster.port)
	unset(server.config.cluster.name)
	i in _without_gateway
}

# The server takes a gateway's name for the cluster's.
_without_gateway contains i if {
	some i, server in input.model.servers
	is_null(server.config.gateway)
}

_without_gateway contains i if {
	some i, server in input.model.servers
	unset(server.config.gateway.name)
}
