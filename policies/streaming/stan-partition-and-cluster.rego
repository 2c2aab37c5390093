# Channels belong to one server, or to all.
package natslint.rules["stan-partition-and-cluster"]

violations contains {
	"at": ["servers", i, "streaming", "partitioning"],
	"facts": {},
	"related": [{"at": ["servers", i, "streaming", "cluster"], "case": "cluster"}],
} if {
	some i, server in input.model.servers
	server.kind == "stan"
	server.streaming.partitioning == true
	is_object(server.streaming.cluster)
}
