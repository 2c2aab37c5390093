# A disruption budget lets one server after the other be evicted: none keeps nodes from being drained, most take the quorum.
package natslint.rules["pdb-wrong"]

import data.natslint.lib.at_least
import data.natslint.lib.greater

violations contains {
	"at": array.concat(["servers", i, "disruptionBudgets", k], bound),
	"facts": {"replicas": input.model.servers[i].workload.replicas},
	"fix": {"at": ["servers", i, "disruptionBudgets", k, "maxUnavailable"], "set": 1},
} if {
	some [i, k, bound] in _bounds
	greater(input.model.servers[i].workload.replicas, 1)
	input.model.servers[i].disruptionBudgets[k].disruptions == 0
}

violations contains {
	"at": array.concat(["servers", i, "disruptionBudgets", k], bound),
	"case": "single",
	"facts": {},
} if {
	some [i, k, bound] in _bounds
	input.model.servers[i].workload.replicas == 1
	input.model.servers[i].disruptionBudgets[k].disruptions == 0
}

violations contains {
	"at": array.concat(["servers", i, "disruptionBudgets", k], bound),
	"case": "quorum",
	"facts": {"replicas": replicas, "disruptions": allowed, "majority": floor(replicas / 2) + 1},
	"fix": {"at": ["servers", i, "disruptionBudgets", k, "maxUnavailable"], "set": 1},
} if {
	some [i, k, bound] in _bounds
	i in _voting
	replicas := input.model.servers[i].workload.replicas
	at_least(replicas, 3)
	allowed := input.model.servers[i].disruptionBudgets[k].disruptions
	greater(allowed, ceil(replicas / 2) - 1)
}

violations contains {
	"at": array.concat(["servers", i, "disruptionBudgets", k], bound),
	"case": "together",
	"facts": {"replicas": replicas, "disruptions": allowed},
	"fix": {"at": ["servers", i, "disruptionBudgets", k, "maxUnavailable"], "set": 1},
} if {
	some [i, k, bound] in _bounds
	server := input.model.servers[i]
	is_object(server.config.cluster)
	is_null(server.config.jetstream)
	server.kind == "nats"
	replicas := server.workload.replicas
	at_least(replicas, 3)
	allowed := server.disruptionBudgets[k].disruptions
	greater(allowed, ceil(replicas / 2) - 1)
}

violations contains {
	"at": ["servers", i, "disruptionBudgets", k],
	"case": "both",
	"facts": {},
} if {
	some i, server in input.model.servers
	some k, budget in server.disruptionBudgets
	_is_set(budget.minAvailable)
	_is_set(budget.maxUnavailable)
}

violations contains {
	"at": ["servers", i, "disruptionBudgets", k],
	"case": "nobody",
	"facts": {"name": budget.name},
} if {
	some i, server in input.model.servers
	some k, budget in server.disruptionBudgets
	budget.selectsOwnPods == false
	is_string(budget.name)
}

# Budgets for the pods, each with the bound that counts; one without any lets no pod go.
_bounds contains [i, k, ["maxUnavailable"]] if {
	some [i, k, budget] in _own
	_is_set(budget.maxUnavailable)
	is_null(budget.minAvailable)
}

_bounds contains [i, k, ["minAvailable"]] if {
	some [i, k, budget] in _own
	_is_set(budget.minAvailable)
	is_null(budget.maxUnavailable)
}

_bounds contains [i, k, []] if {
	some [i, k, budget] in _own
	is_null(budget.minAvailable)
	is_null(budget.maxUnavailable)
}

_own contains [i, k, budget] if {
	some i, server in input.model.servers
	some k, budget in server.disruptionBudgets
	budget.selectsOwnPods == true
}

_is_set(value) if is_number(value)

_is_set(value) if is_string(value)

_voting contains i if {
	some i, server in input.model.servers
	is_object(server.config.cluster)
	is_object(server.config.jetstream)
}

_voting contains i if {
	some i, server in input.model.servers
	is_object(server.streaming.cluster)
}
