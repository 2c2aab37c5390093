# A roll-out replaces one server after the other, waits for each, and ends with the last.
package natslint.rules["update-strategy-unsafe"]

import data.natslint.lib.at_least
import data.natslint.lib.greater

violations contains {
	"at": ["servers", i, "workload", "updateStrategy", "type"],
	"facts": {},
} if {
	some i, server in input.model.servers
	server.workload.updateStrategy.type == "OnDelete"
}

violations contains {
	"at": ["servers", i, "workload", strategy, "rollingUpdate", "maxUnavailable"],
	"case": "together",
	"facts": {"most": most, "replicas": replicas},
	"fix": {"set": 1},
} if {
	some [i, strategy, most] in _most
	replicas := input.model.servers[i].workload.replicas
	greater(replicas, 1)
	at_least(_pods(most, replicas), 2)
}

violations contains {
	"at": ["servers", i, "workload", "updateStrategy", "rollingUpdate", "partition"],
	"case": "partition",
	"facts": {"partition": partition},
	"fix": {"set": 0},
} if {
	some i, server in input.model.servers
	server.workload.updateStrategy.type in [null, "RollingUpdate"]
	partition := server.workload.updateStrategy.rollingUpdate.partition
	greater(partition, 0)
}

_most contains [i, "updateStrategy", most] if {
	some i, server in input.model.servers
	server.workload.kind == "StatefulSet"
	server.workload.updateStrategy.type in [null, "RollingUpdate"]
	most := server.workload.updateStrategy.rollingUpdate.maxUnavailable
}

_most contains [i, "strategy", most] if {
	some i, server in input.model.servers
	server.workload.kind == "Deployment"
	server.workload.strategy.type in [null, "RollingUpdate"]
	most := server.workload.strategy.rollingUpdate.maxUnavailable
}

_pods(most, _) := most if is_number(most)

# A part of the pods is rounded down.
_pods(most, replicas) := floor((to_number(trim_suffix(most, "%")) * replicas) / 100) if regex.match(`^\d{1,3}%$`, most)
