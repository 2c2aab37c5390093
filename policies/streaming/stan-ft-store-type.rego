# What one server had in memory no other can take over.
package natslint.rules["stan-ft-store-type"]

import data.natslint.lib.grouped

violations contains {
	"at": ["servers", i, "streaming", "ft_group"],
	"facts": {"group": group},
} if {
	some i, server in input.model.servers
	server.kind == "stan"
	server.streaming.store in {null, "", "memory"}
	group := server.streaming.ft_group
	grouped(group)
}
