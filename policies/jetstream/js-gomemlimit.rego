# The garbage collector does not know the container's limit unless somebody says it, in units of its own.
package natslint.rules["js-gomemlimit"]

import data.natslint.lib.at_least
import data.natslint.lib.greater
import data.natslint.lib.size

violations contains {
	"at": ["servers", i, "container", "GOMEMLIMIT"],
	"on": "value",
	"case": "unread",
	"facts": {"value": limit.text},
} if {
	some i, server in input.model.servers
	limit := server.container.GOMEMLIMIT
	limit.read == false
}

violations contains {
	"at": ["servers", i, "container", "GOMEMLIMIT"],
	"on": "value",
	"case": "above",
	"facts": {"value": goal.text, "limit": size(limit)},
	"related": [{"at": ["servers", i, "container", "resources", "limits", "memory"], "case": "limit"}],
} if {
	some i, server in input.model.servers
	goal := server.container.GOMEMLIMIT
	limit := server.container.resources.limits.memory
	greater(limit, 0)
	at_least(goal.bytes, limit)
}

violations contains {
	"at": ["servers", i, "container", "resources", "limits", "memory"],
	"facts": {"limit": size(limit)},
} if {
	some i, server in input.model.servers
	server.kind == "nats"
	is_object(server.config.jetstream)
	is_null(server.container.GOMEMLIMIT)
	limit := server.container.resources.limits.memory
	greater(limit, 0)
}
