# Without limits the server measures as it starts, and comes to another number each time.
package natslint.rules["js-no-storage-caps"]

violations contains {
	"at": ["servers", i, "config", "jetstream"],
	"on": "key",
	"case": _case(_memory[i], jetstream.max_file_store),
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

_memory[i] := bytes if {
	some i, server in input.model.servers
	bytes := server.config.jetstream.max_memory_store
	is_number(bytes)
}

# A file that stands for itself runs no image, and has no variables.
_memory[i] := null if {
	some i in _measuring
	is_null(input.model.servers[i].images)
}

_memory[i] := null if {
	some i in _measuring
	is_array(input.model.servers[i].images)
	is_null(input.model.servers[i].container.GOMEMLIMIT)
}

# A server since 2.10.11 measures nothing where Go is told how much there is.
_memory[i] := bytes if {
	some i in _measuring
	is_array(input.model.servers[i].images)
	bytes := input.model.servers[i].container.GOMEMLIMIT.bytes
	is_number(bytes)
}

_measuring contains i if {
	some i, server in input.model.servers
	is_null(server.config.jetstream.max_memory_store)
}
