# A pod has a name below one Service, and a cluster is found through whom it can reach.
package natslint.rules["routes-do-not-cover-pods"]

import data.natslint.lib.greater
import data.natslint.lib.less

violations contains {
	"at": ["servers", i, "config", "cluster", "routes", j],
	"facts": {"host": _routes[i][j].host, "service": service},
} if {
	some i, server in input.model.servers
	server.workload.kind == "StatefulSet"
	service := server.workload.serviceName
	is_string(service)

	# One is enough: the others were copied from it.
	j := min([at |
		some at, route in _routes[i]
		route.workload == server.workload.name
		route.service != service
	])
}

violations contains {
	"at": ["servers", i, "config", "cluster", "routes"],
	"on": "key",
	"case": "missing",
	"facts": {"routes": count(named), "replicas": n},
} if {
	some i, server in input.model.servers
	server.workload.kind == "StatefulSet"
	n := server.workload.replicas
	urls := server.config.cluster.routes
	greater(count(urls), 0)

	# All of them lead to its own pods.
	named := {route.ordinal |
		some route in _routes[i]
		route.workload == server.workload.name
		route.service == server.workload.serviceName
	}
	own := [1 | some route in _routes[i]; route.workload == server.workload.name; route.service == server.workload.serviceName]
	count(own) == count(urls)
	less(count(named), n)
}

# The routes to pods of StatefulSets in the server's own namespace: which pod of which, below which Service.
_routes[i][j] := {"host": found[0][1], "workload": found[0][2], "ordinal": found[0][3], "service": found[0][4]} if {
	some i, server in input.model.servers
	some j, url in server.config.cluster.routes
	found := regex.find_all_string_submatch_n(`^[a-z]+://(?:[^@]*@)?(([a-z0-9][a-z0-9-]*)-([0-9]+)\.([a-z0-9-]+)(?:\.([a-z0-9-]+)(?:\.svc[a-z0-9.-]*)?)?)(?::[0-9]+)?/?$`, url, 1)
	_same(found[0][5], server.scope.namespace)
}

_same(named, _) if named == ""

_same(named, own) if named == own
