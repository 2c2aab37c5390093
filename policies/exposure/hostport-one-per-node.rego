# A port of a node is there once, so each pod that takes it needs a node of its own.
package natslint.rules["hostport-one-per-node"]

import data.natslint.lib.greater
import data.natslint.lib.less

violations contains {
	"at": array.concat(["servers", i], place),
	"facts": {"replicas": replicas, "nodes": nodes},
	"related": [{"at": ["servers", i, "workload", "replicas"], "case": "replicas"}],
} if {
	some i, place in _takes
	replicas := input.model.servers[i].workload.replicas
	nodes := input.model.servers[i].workload.eligibleNodes
	less(nodes, replicas)
}

violations contains {
	"at": array.concat(["servers", i], place),
	"case": "unknown",
	"facts": {"replicas": replicas},
	"related": [{"at": ["servers", i, "workload", "replicas"], "case": "replicas"}],
} if {
	some i, place in _takes
	replicas := input.model.servers[i].workload.replicas
	greater(replicas, 1)
	input.model.servers[i].workload.separation == []
	not _counted
}

# The number of nodes is known, or grows as it has to.
_counted if is_number(input.cluster.nodes)

_counted if input.cluster.autoscaled == true

_takes[i] := ["workload", "pod", "hostNetwork"] if {
	some i, server in input.model.servers
	server.workload.kind != "DaemonSet"
	server.workload.pod.hostNetwork == true
}

_takes[i] := ["container", "ports", j, "hostPort"] if {
	some i, server in input.model.servers
	server.workload.kind != "DaemonSet"
	server.workload.pod.hostNetwork in [null, false]

	# The first, which is known only where each of them is.
	ports := server.container.ports
	count([1 | some port in ports; type_name(port.hostPort) in {"number", "null"}]) == count(ports)
	j := min([j | some j, port in ports; greater(port.hostPort, 0)])
}
