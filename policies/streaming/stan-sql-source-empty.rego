# A server with a SQL store has to know where its database is.
package natslint.rules["stan-sql-source-empty"]

import data.natslint.lib.unset

violations contains {
	"at": ["servers", i, "streaming", "sql", "source"],
	"facts": {},
} if {
	some i in _nowhere
	is_object(input.model.servers[i].streaming.sql)
}

violations contains {
	"at": ["servers", i, "streaming", "store"],
	"facts": {},
} if {
	some i in _nowhere
	is_null(input.model.servers[i].streaming.sql)
}

# A configuration by itself: a flag may say what the file leaves open, but not for nothing is it said to be empty.
violations contains {
	"at": ["servers", i, "streaming", "sql", "source"],
	"facts": {},
} if {
	some i, server in input.model.servers
	server.streaming.store == "sql"
	server.streaming.sql.source == ""
	is_null(server.resource)
}

violations contains {
	"at": ["servers", i, "databaseJob", "host"],
	"case": "host",
	"facts": {},
} if {
	some i, server in input.model.servers
	server.databaseJob.containers == true
	unset(server.databaseJob.host)
}

# Servers in sight with all their flags. Of the operator's, another rule speaks.
_nowhere contains i if {
	some i, server in input.model.servers
	server.streaming.store == "sql"
	is_null(server.database)
	is_null(server.resource)
	is_object(server.container)
}
