# The store knows which cluster it belongs to, and so does every client: neither follows when the server is told another one.
package natslint.rules["stan-cluster-id-changed"]

violations contains {
	"at": ["servers", i, "streaming", "cluster_id"],
	"case": _case(store),
	"facts": {"id": id, "was": was},
	"fix": {"set": was},
} if {
	some i, server in input.model.servers
	server.kind == "stan"
	old := input.base.servers[i]
	old.kind == "stan"
	store := _store(server.streaming.store)
	store == _store(old.streaming.store)
	id := _id(server.streaming.cluster_id)
	was := _id(old.streaming.cluster_id)
	id != was
}

_id(written) := written if is_string(written)

# What the server calls itself where nobody says how.
_id(written) := "test-cluster" if is_null(written)

_store(written) := written if is_string(written)

_store(written) := "memory" if is_null(written)

_case(store) := "default" if store in {"file", "sql"}

_case(store) := "clients" if store == "memory"
