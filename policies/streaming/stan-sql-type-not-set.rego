# A database is used where the store's type says so, and nowhere else.
package natslint.rules["stan-sql-type-not-set"]

import data.natslint.lib.unset

# Values of the chart, which writes the block for the type alone.
violations contains {
	"at": ["servers", i, "unread", j, "value"],
	"facts": {"store": one.effective},
} if {
	some i, server in input.model.servers
	some j, one in server.unread
	one.because == "no SQL store"
	is_string(one.effective)
}

# A configuration of a server that is in sight with all its flags.
violations contains {
	"at": ["servers", i, "streaming", "sql"],
	"facts": {"store": "memory"},
} if {
	some i, server in input.model.servers
	is_object(server.container)
	is_null(server.resource)
	is_string(server.streaming.sql.source)
	unset(server.streaming.store)
}

# One by itself: flags may name the store, but hardly where the file says which cluster it is.
violations contains {
	"at": ["servers", i, "streaming", "sql"],
	"facts": {"store": "memory"},
} if {
	some i, server in input.model.servers
	is_null(server.resource)
	is_string(server.streaming.sql.source)
	is_string(server.streaming.cluster_id)
	unset(server.streaming.store)
}

# Where the configuration says that it wants another store, the block is only left over.
violations contains {
	"at": ["servers", i, "streaming", "sql"],
	"case": "other",
	"facts": {"store": server.streaming.store},
} if {
	some i, server in input.model.servers
	is_null(server.resource)
	is_string(server.streaming.sql.source)
	server.streaming.store in {"file", "memory"}
}
