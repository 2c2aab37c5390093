# A server has the channels that it lists.
package natslint.rules["stan-partition-needs-channels"]

violations contains {
	"at": ["servers", i, "streaming", "partitioning"],
	"facts": {},
} if {
	some i, server in input.model.servers
	server.kind == "stan"
	server.streaming.partitioning == true
	i in _without_channels
}

_without_channels contains i if {
	some i, server in input.model.servers
	is_null(server.streaming.store_limits)
}

_without_channels contains i if {
	some i, server in input.model.servers
	server.streaming.store_limits.channels in [null, {}]
}
