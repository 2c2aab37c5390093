# What a newer server has written an older one need not be able to read.
package natslint.rules["image-downgrade"]

import data.natslint.lib.older
import data.natslint.lib.reached

violations contains {
	"at": ["servers", i, "version", "text"],
	"case": _case(server.config.jetstream),
	"facts": {"was": old.version.text, "now": server.version.text},
} if {
	some [i, server, old] in _older
	count({1 | _below_floor(server.version.parts, old.version.parts)}) == 0
}

violations contains {
	"at": ["servers", i, "version", "text"],
	"case": "floor",
	"facts": {"was": old.version.text, "now": server.version.text},
} if {
	some [i, server, old] in _older
	is_object(server.config.jetstream)
	_below_floor(server.version.parts, old.version.parts)
}

_older contains [i, server, old] if {
	some i, server in input.model.servers
	old := input.base.servers[i]
	server.kind == "nats"
	old.kind == "nats"
	older(server.version.parts, old.version.parts)
}

_case(jetstream) := "default" if is_object(jetstream)

_case(jetstream) := "plain" if is_null(jetstream)

# Versions from which a line can be left for an older one, by the release notes.
_below_floor(now, was) if {
	reached(was, [2, 10])
	older(now, [2, 9, 22])
}

_below_floor(now, was) if {
	reached(was, [2, 12])
	older(now, [2, 11, 9])
}
