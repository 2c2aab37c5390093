# A rule that is to keep the replicas apart selects other pods than these.
package natslint.rules["anti-affinity-selector-mismatch"]

import data.natslint.lib.greater

violations contains {
	"at": array.concat(place, ["labelSelector"]),
	"facts": {"replicas": n},
	"related": related,
} if {
	some [place, one, n, related] in _strangers
	one.selectsLabels == false
}

violations contains {
	"at": array.concat(place, ["namespaces"]),
	"case": "namespace",
	"facts": {"replicas": n},
	"related": related,
} if {
	some [place, one, n, related] in _strangers
	one.selectsLabels == true
}

# The first rule of a workload none of whose rules select its own pods; one that did would do.
_strangers contains [["servers", i, "workload", "separation", first], separation[first], n, related] if {
	some i, server in input.model.servers
	n := server.workload.replicas
	greater(n, 1)
	separation := server.workload.separation
	others := [j | some j, one in separation; one.selectsOwnPods == false]
	count(others) == count(separation)
	first := min(others)
	related := [{"at": ["servers", i, "workload", "separation", j]} | some j in others; j != first]
}
