# Pods that may use more than they ask for are not evicted last.
package natslint.rules["js-requests-equal-limits"]

import data.natslint.lib.less
import data.natslint.lib.size

violations contains {
	"at": ["servers", i, "container", "resources", "requests", "memory"],
	"facts": {"asked": size(resources.requests.memory), "limit": size(resources.limits.memory)},
} if {
	some i in _jetstream
	resources := input.model.servers[i].container.resources
	less(resources.requests.memory, resources.limits.memory)
}

violations contains {
	"at": ["servers", i, "container", "resources", "requests", "cpu"],
	"case": "cpu",
	"facts": {"asked": resources.requests.cpu, "limit": resources.limits.cpu},
} if {
	some i in _jetstream
	resources := input.model.servers[i].container.resources
	less(resources.requests.cpu, resources.limits.cpu)
}

_jetstream contains i if {
	some i, server in input.model.servers
	server.kind == "nats"
	is_object(server.config.jetstream)
}
