# Pods of a StatefulSet have names of their own only by a headless Service that selects them.
package natslint.rules["headless-service-required"]

import data.natslint.lib.greater

violations contains {
	"at": ["servers", i, "workload", "serviceName"],
	"case": "missing",
	"facts": {"service": server.workload.serviceName},
} if {
	some i in _named
	server := input.model.servers[i]
	server.governingService.found == false
}

violations contains {
	"at": ["servers", i, "governingService", "headless"],
	"facts": {"service": server.workload.serviceName},
	"related": [{"at": ["servers", i, "workload", "serviceName"], "case": "workload"}],
} if {
	some i in _named
	server := input.model.servers[i]
	server.governingService.headless == false
}

violations contains {
	"at": ["servers", i, "governingService", "selects"],
	"case": "selector",
	"facts": {"service": server.workload.serviceName},
	"related": [{"at": ["servers", i, "workload", "serviceName"], "case": "workload"}],
} if {
	some i in _named
	server := input.model.servers[i]
	server.governingService.headless == true
	server.governingService.selects == false
}

# Servers whose routes go to pods by name.
_named contains i if {
	some i, server in input.model.servers
	greater(server.workload.replicas, 1)
	some route in server.podRoutes
	route.workload == server.workload.name
	route.service == server.workload.serviceName
}
