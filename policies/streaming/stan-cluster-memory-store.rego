# A server that comes back has to hold what its log says.
package natslint.rules["stan-cluster-memory-store"]

violations contains {
	"at": ["servers", i, "streaming", "store"],
	"facts": {},
} if {
	some i, server in input.model.servers
	server.kind == "stan"
	server.streaming.store in {null, "", "memory"}
	is_object(server.streaming.cluster)
}
