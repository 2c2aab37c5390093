# A label that only the example's author gave to nodes keeps pods waiting for ever.
package natslint.rules["node-affinity-placeholder"]

violations contains {
	"at": array.concat(["servers", i, "workload", "pod"], path),
	"facts": {"key": key, "values": values},
} if {
	some [i, path, key, values] in _required
	server := input.model.servers[i]
	server.workload.eligibleNodes == 0
}

# Whoever tells of nodes is told by the first case.
violations contains {
	"at": array.concat(["servers", i, "workload", "pod"], path),
	"case": "example",
	"facts": {"key": key, "values": values},
} if {
	some [i, path, key, values] in _required
	key == "node.kubernetes.io/purpose"
	{value | some value in values; not value in ["nats", "stan"]} == set()
	[facts | facts := input.cluster] == []
}

# Of several terms one is enough, so only a single one requires anything.
_required contains [i, path, expression.key, expression.values] if {
	some i, server in input.model.servers
	terms := server.workload.pod.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms
	count(terms) == 1
	some j, expression in terms[0].matchExpressions
	expression.operator == "In"
	path := [
		"affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution",
		"nodeSelectorTerms", 0, "matchExpressions", j,
	]
}

_required contains [i, ["nodeSelector", key], key, [value]] if {
	some i, server in input.model.servers
	some key, value in server.workload.pod.nodeSelector
}
