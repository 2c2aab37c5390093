# The server compares bytes, and not everybody writes the same bytes for a letter.
package natslint.rules["name-not-ascii"]

violations contains {
	"at": at,
	"facts": {"name": name},
} if {
	some [at, name] in _names
	regex.match(`[^\x00-\x7F]`, name)
}

_names contains [["servers", i, "config", "server_name"], name] if {
	some i, server in input.model.servers
	name := server.config.server_name
}

_names contains [["servers", i, "config", "cluster", "name"], name] if {
	some i, server in input.model.servers
	name := server.config.cluster.name
}

_names contains [["servers", i, "config", "jetstream", "domain"], name] if {
	some i, server in input.model.servers
	name := server.config.jetstream.domain
}

_names contains [["servers", i, "config", "accounts", name], name] if {
	some i, server in input.model.servers
	some name, _ in server.config.accounts
}

_names contains [["streams", i, "spec", "name"], name] if {
	some i, stream in input.model.streams
	name := stream.spec.name
}

_names contains [["streams", i, "spec", "subjects", j], name] if {
	some i, stream in input.model.streams
	some j, name in stream.spec.subjects
}

_names contains [["consumers", i, "spec", "durableName"], name] if {
	some i, consumer in input.model.consumers
	name := consumer.spec.durableName
}

_names contains [["consumers", i, "spec", "filterSubject"], name] if {
	some i, consumer in input.model.consumers
	name := consumer.spec.filterSubject
}
