# Heartbeats come late from a server that waits for its CPU.
package natslint.rules["js-min-resources"]

import data.natslint.lib.less
import data.natslint.lib.option
import data.natslint.lib.size

violations contains {
	"at": ["servers", i, "container", "resources", "requests", "cpu"],
	"facts": {"has": has, "least": least},
} if {
	some i in _jetstream
	has := input.model.servers[i].container.resources.requests.cpu
	least := option("js-min-resources", "cpu")
	less(has, least)
}

violations contains {
	"at": ["servers", i, "container", "resources", "requests", "memory"],
	"case": "memory",
	"facts": {"has": size(has), "least": size(least)},
} if {
	some i in _jetstream
	has := input.model.servers[i].container.resources.requests.memory
	least := option("js-min-resources", "memory")
	less(has, least)
}

_jetstream contains i if {
	some i, server in input.model.servers
	server.kind == "nats"
	is_object(server.config.jetstream)
}
