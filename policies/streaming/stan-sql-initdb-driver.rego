# The chart makes tables with psql, or not at all.
package natslint.rules["stan-sql-initdb-driver"]

violations contains {
	"at": ["servers", i, "streaming", "sql", "driver"],
	"facts": {"driver": server.streaming.sql.driver},
} if {
	some i, server in input.model.servers
	server.databaseJob.containers == false
	is_string(server.streaming.sql.driver)
}

violations contains {
	"at": ["servers", i, "databaseJob", "image"],
	"case": "image",
	"facts": {"image": server.databaseJob.image},
} if {
	some i, server in input.model.servers
	server.databaseJob.containers == true
	is_string(server.databaseJob.image)

	# Of another image it is not known what is in it.
	server.databaseJob.base in {"alpine", "busybox", "mariadb", "mysql", "nats", "nats-box", "percona"}
}
