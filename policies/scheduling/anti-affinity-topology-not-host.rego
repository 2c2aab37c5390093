# The replicas are spread over something else than nodes: zones that are too few, or a label that no node has.
package natslint.rules["anti-affinity-topology-not-host"]

import data.natslint.lib.greater
import data.natslint.lib.less

# One pod in each domain, and fewer domains than pods.
violations contains {
	"at": array.concat(place, ["topologyKey"]),
	"facts": {"replicas": n, "topologyKey": key, "room": one.room},
} if {
	some [place, n, key, one] in _own
	one.kind == "podAntiAffinity"
	one.hard == true
	not key in {"kubernetes.io/hostname"}
	not key in {"failure-domain.beta.kubernetes.io/zone", "failure-domain.beta.kubernetes.io/region"}
	less(one.room, n)
}

# Two in one domain may be two on one node.
violations contains {
	"at": array.concat(place, ["topologyKey"]),
	"case": "shared",
	"facts": {"replicas": n, "topologyKey": one.topologyKey},
} if {
	some i, server in input.model.servers
	n := server.workload.replicas
	greater(n, 1)
	separation := server.workload.separation
	foreign := {j | some j, one in separation; one.selectsOwnPods == false}
	loose := {j | some j, one in separation; one.selectsOwnPods == true; one.topologyKey in _coarse; [i, j] in _shared}
	count(foreign) + count(loose) == count(separation)
	first := min(loose)
	place := ["servers", i, "workload", "separation", first]
	one := separation[first]
}

# No node has a label of that name, and one of nearly that name is on each.
violations contains {
	"at": array.concat(place, ["topologyKey"]),
	"case": _without_label(one.kind, one.hard),
	"facts": {"topologyKey": key, "meant": _meant(lower(key))},
} if {
	some [place, _, key, one] in _own
	key != _meant(lower(key))
}

# Names from before Kubernetes 1.17.
violations contains {
	"at": array.concat(place, ["topologyKey"]),
	"case": "deprecated",
	"facts": {"topologyKey": key, "meant": _deprecated[key]},
} if {
	some [place, _, key, _] in _own
}

# The rules that select the pods that carry them.
_own contains [["servers", i, "workload", "separation", j], n, one.topologyKey, one] if {
	some i, server in input.model.servers
	n := server.workload.replicas
	greater(n, 1)
	some j, one in server.workload.separation
	one.selectsOwnPods == true
	is_string(one.topologyKey)
}

# What lets two pods into one domain: every soft rule,
_shared contains [i, j] if {
	some i, server in input.model.servers
	some j, one in server.workload.separation
	one.hard == false
}

# and a hard constraint where all domains have a pod already, or where it is lax.
_shared contains [i, j] if {
	some i, server in input.model.servers
	some j, one in server.workload.separation
	one.kind == "topologySpreadConstraints"
	less(one.domains, server.workload.replicas)
}

_shared contains [i, j] if {
	some i, server in input.model.servers
	some j, one in server.workload.separation
	one.kind == "topologySpreadConstraints"
	greater(one.maxSkew, 1)
}

# A constraint finds no node that it can count; a term of anti-affinity finds none that it excludes.
_without_label(kind, hard) := "label-required" if {
	kind == "topologySpreadConstraints"
	hard == true
}

_without_label(kind, hard) := "label" if {
	kind == "topologySpreadConstraints"
	hard == false
}

_without_label(kind, _) := "label" if kind == "podAntiAffinity"

_coarse := {
	"topology.kubernetes.io/zone",
	"topology.kubernetes.io/region",
	"node.kubernetes.io/instance-type",
	"kubernetes.io/arch",
	"kubernetes.io/os",
}

_deprecated := {
	"failure-domain.beta.kubernetes.io/zone": "topology.kubernetes.io/zone",
	"failure-domain.beta.kubernetes.io/region": "topology.kubernetes.io/region",
}

_meant(key) := "kubernetes.io/hostname" if {
	key in {
		"kubernetes.io/hostname",
		"kubernetes.io/host-name",
		"kubernetes.io/host",
		"kubernetes.io/nodename",
		"beta.kubernetes.io/hostname",
		"failure-domain.beta.kubernetes.io/hostname",
		"topology.kubernetes.io/hostname",
		"topology.kubernetes.io/host",
	}
}

_meant(key) := "topology.kubernetes.io/zone" if {
	key in {"topology.kubernetes.io/zone", "kubernetes.io/zone", "failure-domain.kubernetes.io/zone"}
}

_meant(key) := "topology.kubernetes.io/region" if {
	key in {"topology.kubernetes.io/region", "kubernetes.io/region", "failure-domain.kubernetes.io/region"}
}
