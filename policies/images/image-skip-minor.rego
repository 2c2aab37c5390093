# The notes of each line that is left out hold, too.
package natslint.rules["image-skip-minor"]

import data.natslint.lib.greater

violations contains {
	"at": ["servers", i, "version", "text"],
	"facts": {"was": old.version.text, "now": server.version.text},
} if {
	some i, server in input.model.servers
	old := input.base.servers[i]
	server.kind == "nats"
	old.kind == "nats"
	server.version.parts[0] == old.version.parts[0]
	greater(server.version.parts[1], old.version.parts[1] + 1)
}
