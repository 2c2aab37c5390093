# Who asks for nothing is evicted first, and who has no limit sizes itself by the node.
package natslint.rules["resources-missing"]

import data.natslint.lib.declared_production

violations contains {
	"at": ["servers", i, "container", "resources"],
	"facts": {},
} if {
	some i in _production
	[i, "requests"] in _absent
	[i, "limits"] in _absent
}

_production contains i if {
	some i, server in input.model.servers
	declared_production(server.scope.environment, server.scope.environmentFrom)
}

_absent contains [i, part] if {
	some i, server in input.model.servers
	is_null(server.container.resources)
	some part in ["requests", "limits"]
}

_absent contains [i, "requests"] if {
	some i, server in input.model.servers
	is_null(server.container.resources.requests)
}

_absent contains [i, "requests"] if {
	some i, server in input.model.servers
	requests := server.container.resources.requests
	is_null(requests.cpu)
	is_null(requests.memory)
}

_absent contains [i, "limits"] if {
	some i, server in input.model.servers
	is_null(server.container.resources.limits)
}

_absent contains [i, "limits"] if {
	some i, server in input.model.servers
	limits := server.container.resources.limits
	is_null(limits.cpu)
	is_null(limits.memory)
}
