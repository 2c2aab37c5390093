# A server that catches up with its streams is no dead one; to restart it makes it begin again.
package natslint.rules["liveness-too-strict"]

import data.natslint.lib.less

violations contains {
	"at": ["servers", i, "container", "livenessProbe", "httpGet", "path"],
	"facts": {"path": path},
	"fix": {"set": "/healthz?js-enabled-only=true"},
} if {
	some i, server in input.model.servers
	is_object(server.config.jetstream)
	path := server.container.livenessProbe.httpGet.path
	regex.match(`^/healthz(?:[?/]|$)`, path)
	not contains(path, "js-")
}

violations contains {
	"at": ["servers", i, "container", "livenessProbe"],
	"case": "soon",
	"facts": {"seconds": seconds},
} if {
	some i, server in input.model.servers
	is_object(server.config.jetstream)
	probe := server.container.livenessProbe
	seconds := _set(probe.periodSeconds, 10) * _set(probe.failureThreshold, 3)
	less(seconds, 30)
}

# What Kubernetes takes where nothing is set.
_set(value, standard) := standard if is_null(value)

_set(value, _) := value if is_number(value)
