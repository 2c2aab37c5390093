# Behind a load balancer the servers tell clients addresses that only the cluster can reach.
package natslint.rules["lb-advertise-on"]

import data.natslint.lib.greater

violations contains {
	"at": ["servers", i, "config", "cluster", "no_advertise"],
	"facts": {"type": service.type},
	"related": [{"at": ["servers", i, "services", j, "type"], "case": "service"}],
	"fix": {"set": true},
} if {
	some i, server in input.model.servers
	server.kind == "nats"
	is_object(server.config.cluster)
	_advertises(server.config.cluster.no_advertise)
	_inside(server.config.client_advertise)
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

# What clients are told instead of the pods' addresses: nothing, or a name of the cluster's own.
_inside(client_advertise) if is_null(client_advertise)

_inside(client_advertise) if regex.match(`^[a-z0-9-]+(:[0-9]+)?$`, client_advertise)

_inside(client_advertise) if regex.match(`\.svc(\.[a-z0-9.-]+)?(:[0-9]+)?$`, client_advertise)
