# Fault tolerance lets one server work at a time, a cluster needs most of them at once.
package natslint.rules["stan-ft-and-cluster"]

import data.natslint.lib.grouped

violations contains {
	"at": ["servers", i, "streaming", "ft_group"],
	"facts": {"group": group},
	"related": [{"at": ["servers", i, "streaming", "cluster"], "case": "cluster"}],
} if {
	some i, server in input.model.servers
	server.kind == "stan"
	group := server.streaming.ft_group
	grouped(group)
	is_object(server.streaming.cluster)
}
