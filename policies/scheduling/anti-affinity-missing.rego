# Where nothing keeps the servers of a cluster apart, one node may run them all, and take them all with it.
package natslint.rules["anti-affinity-missing"]

import data.natslint.lib.greater

violations contains {
	"at": ["servers", i, "workload", "separation"],
	"facts": {"replicas": input.model.servers[i].workload.replicas},
} if {
	some i in _together
	server := input.model.servers[i]
	_own_ports(server.workload.pod.hostNetwork)
	containers := server.workload.pod.containers
	free := {j | some j, container in containers; is_null(container.ports)} | {j |
		some j, container in containers
		count(container.ports) == count([1 | some port in container.ports; is_null(port.hostPort)])
	}
	count(free) == count(containers)
}

violations contains {
	"at": ["servers", i, "workload", "separation"],
	"case": "host-port",
	"facts": {"replicas": input.model.servers[i].workload.replicas, "port": min(ports)},
} if {
	some i in _together
	ports := {port.hostPort |
		some container in input.model.servers[i].workload.pod.containers
		some port in container.ports
		is_number(port.hostPort)
	}
}

violations contains {
	"at": ["servers", i, "workload", "separation"],
	"case": "host-network",
	"facts": {"replicas": input.model.servers[i].workload.replicas},
} if {
	some i in _together
	input.model.servers[i].workload.pod.hostNetwork == true
}

# Several servers of one group without a rule that keeps them apart.
_together contains i if {
	some i in _group
	server := input.model.servers[i]
	greater(server.workload.replicas, 1)
	server.workload.separation == []
}

_group contains i if {
	some i, server in input.model.servers
	server.kind == "nats"
	is_object(server.config.cluster)
}

_group contains i if {
	some i, server in input.model.servers
	server.kind == "stan"
	is_object(server.streaming.cluster)
}

_group contains i if {
	some i, server in input.model.servers
	server.kind == "stan"
	is_string(server.streaming.ft_group)
}

_own_ports(hostNetwork) if is_null(hostNetwork)

_own_ports(hostNetwork) if hostNetwork == false
