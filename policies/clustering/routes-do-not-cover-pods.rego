# A pod has a name below one Service, and a cluster is found through whom it can reach.
package natslint.rules["routes-do-not-cover-pods"]

import data.natslint.lib.greater
import data.natslint.lib.less

violations contains {
	"at": ["servers", i, "config", "cluster", "routes", first.index],
	"facts": {"host": first.host, "service": service},
} if {
	some i, server in input.model.servers
	server.workload.kind == "StatefulSet"
	service := server.workload.serviceName
	is_string(service)

	# One is enough: the others were copied from it. Which is the first is known where all are.
	known := [[route.workload, route.service, route.namespace] | some route in server.podRoutes]
	count(known) == count(server.podRoutes)
	first := [route |
		some route in server.podRoutes
		route.workload == server.workload.name
		route.service != service
		_same(route.namespace, server.scope.namespace)
	][0]
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
	own := [route.ordinal |
		some route in server.podRoutes
		route.workload == server.workload.name
		route.service == server.workload.serviceName
		_same(route.namespace, server.scope.namespace)
	]
	count(own) == count(urls)
	named := {ordinal | some ordinal in own}
	less(count(named), n)
}

# A route that names no namespace stays in the server's own.
_same(named, _) if is_null(named)

_same(named, own) if named == own
