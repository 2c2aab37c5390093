# What was acknowledged may still be in the system's memory when the node stops.
package natslint.rules["stan-no-sync"]

violations contains {
	"at": ["servers", i, "streaming", "cluster", "sync"],
	"case": "cluster",
	"facts": {},
} if {
	some i, server in input.model.servers
	server.scope.environment == "production"
	is_object(server.streaming.cluster)
	server.streaming.cluster.sync in {null, false}
	server.streaming.store in {"file", "sql"}
}

# A cluster's own switch takes the place of this one.
violations contains {
	"at": ["servers", i, "streaming", "file", "sync"],
	"facts": {},
} if {
	some i, server in input.model.servers
	is_null(server.streaming.cluster)
	server.streaming.store == "file"
	server.streaming.file.sync == false
}
