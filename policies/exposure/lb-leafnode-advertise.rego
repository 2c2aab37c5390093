# Leaf nodes beyond a load balancer are told addresses that only the cluster can reach.
package natslint.rules["lb-leafnode-advertise"]

import data.natslint.lib.greater

violations contains {
	"at": ["servers", i, "config", "leafnodes", "no_advertise"],
	"facts": {"type": service.type},
	"related": [{"at": ["servers", i, "services", j, "type"], "case": "service"}],
	"fix": {"set": true},
} if {
	some i, server in input.model.servers
	server.kind == "nats"
	is_object(server.config.leafnodes)
	_advertises(server.config.leafnodes.no_advertise)
	is_null(server.config.leafnodes.advertise)
	greater(server.workload.replicas, 1)
	j := min([at |
		some at, candidate in server.services
		candidate.type in {"LoadBalancer", "NodePort"}
		some port in candidate.ports
		port.listener == "leafnodes"
	])
	service := server.services[j]
}

_advertises(no_advertise) if is_null(no_advertise)

_advertises(no_advertise) if no_advertise == false
