# JetStream reads its whole store before the server answers; one that is killed meanwhile begins again.
package natslint.rules["startup-probe-too-short"]

import data.natslint.lib.less
import data.natslint.lib.older
import data.natslint.lib.option

violations contains {
	"at": ["servers", i, "container", "startupProbe"],
	"facts": {"seconds": seconds, "least": least},
} if {
	some i in _storing
	[i, "startupProbe"] in _waiting
	probe := input.model.servers[i].container.startupProbe
	seconds := _budget(probe.initialDelaySeconds, probe.periodSeconds, probe.failureThreshold)
	least := option("startup-probe-too-short", "least")
	less(seconds, least)
}

violations contains {
	"at": ["servers", i, "container", "livenessProbe"],
	"case": "liveness",
	"facts": {"seconds": seconds, "least": least},
} if {
	some i in _storing
	[i, "livenessProbe"] in _waiting
	is_null(input.model.servers[i].container.startupProbe)
	probe := input.model.servers[i].container.livenessProbe
	less(_set(probe.initialDelaySeconds, 0), 60)
	seconds := _budget(probe.initialDelaySeconds, probe.periodSeconds, probe.failureThreshold)
	least := option("startup-probe-too-short", "least")
	less(seconds, least)
}

# JetStream with files.
_storing contains i if {
	some i, server in input.model.servers
	is_object(server.config.jetstream)
	server.config.jetstream.max_file_store != 0
}

# Probes that fail until all streams are there: those of health, and of the clients' port.
_waiting contains [i, name] if {
	some [i, name, path] in _paths
	startswith(path, "/healthz")
}

_waiting contains [i, name] if {
	some i, server in input.model.servers
	some name in ["livenessProbe", "startupProbe"]
	server.container[name].target.listener == "client"
}

# Before 2.7 not even the page of monitoring was there.
_waiting contains [i, name] if {
	some [i, name, _] in _paths
	older(input.model.servers[i].version.parts, [2, 7, 0])
}

_paths contains [i, "livenessProbe", path] if {
	some i, server in input.model.servers
	path := server.container.livenessProbe.httpGet.path
}

_paths contains [i, "startupProbe", path] if {
	some i, server in input.model.servers
	path := server.container.startupProbe.httpGet.path
}

_budget(delay, period, failures) := _set(delay, 0) + (_set(period, 10) * _set(failures, 3))

# What Kubernetes takes where nothing is set.
_set(value, standard) := standard if is_null(value)

_set(value, _) := value if is_number(value)
