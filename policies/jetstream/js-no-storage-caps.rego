# Without limits the server measures as it starts, and comes to another number each time.
package natslint.rules["js-no-storage-caps"]

violations contains {
	"at": ["servers", i, "config", "jetstream"],
	"on": "key",
	"case": _case(jetstream.max_memory_store, jetstream.max_file_store),
	"facts": {},
} if {
	some i, server in input.model.servers
	server.kind == "nats"
	is_null(server.chart)
	jetstream := server.config.jetstream
}

_case(memory, files) := "both" if {
	is_null(memory)
	is_null(files)
}

_case(memory, files) := "memory" if {
	is_null(memory)
	is_number(files)
}

_case(memory, files) := "default" if {
	is_number(memory)
	is_null(files)
}
