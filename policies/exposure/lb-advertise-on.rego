# Behind a load balancer the servers tell clients addresses that only the cluster can reach.
package natslint.rules["lb-advertise-on"]

import data.natslint.lib.greater

violations contains {
	"at": ["servers", i, "config", "cluster", "no_advertise"],
	"facts": {"service": service.name, "type": service.type},
	"related": [{"at": ["servers", i, "services", j, "type"], "case": "service"}],
	"fix": {"set": true},
} if {
	some i, server in input.model.servers
	server.kind == "nats"
	is_object(server.config.cluster)
	_advertises(server.config.cluster.no_advertise)
	is_null(server.config.client_advertise)
	greater(server.workload.replicas, 1)
	j := min([at |
		some at, candidate in server.services
		candidate.type in {"LoadBalancer", "NodePort"}
		some port in candidate.ports
		port.listener == "client"
	])
	service := server.services[j]
}

_advertises(no_advertise) if is_null(no_advertise)

_advertises(no_advertise) if no_advertise == false
