# The operator compares letter by letter, and takes what it does not know for files.
package natslint.rules["stan-operator-store-case"]

violations contains {
	"at": ["servers", i, "resource", "store"],
	"facts": {"store": store, "word": upper(store)},
	"fix": {"set": upper(store)},
} if {
	some i, store in _unread
	upper(store) in {"MEMORY", "SQL"}
}

violations contains {
	"at": ["servers", i, "resource", "store"],
	"case": "other",
	"facts": {"store": store},
} if {
	some i, store in _unread
	not upper(store) in {"MEMORY", "SQL"}
}

# `file` is what it is taken for.
_unread[i] := store if {
	some i, server in input.model.servers
	server.resource.kind == "NatsStreamingCluster"
	store := server.resource.store
	is_string(store)
	not store in {"", "MEMORY", "SQL"}
	upper(store) != "FILE"
}
