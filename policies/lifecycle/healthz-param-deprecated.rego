# A parameter of the server's health that has another name since 2.9.10; the server warns at each probe.
package natslint.rules["healthz-param-deprecated"]

import data.natslint.lib.reached

violations contains {
	"at": ["servers", i, "container", name, "httpGet", "path"],
	"facts": {"path": path, "instead": instead},
	"fix": {"set": instead},
} if {
	some [i, name, path] in _paths

	# Patterns are compiled at each evaluation: what hardly any path has is looked for first.
	contains(path, "js-enabled=")
	regex.match(`[?&]js-enabled=`, path)
	reached(input.model.servers[i].version.parts, [2, 9, 10])
	instead := replace(path, "js-enabled=", "js-enabled-only=")
}

_paths contains [i, "livenessProbe", path] if {
	some i, server in input.model.servers
	path := server.container.livenessProbe.httpGet.path
}

_paths contains [i, "readinessProbe", path] if {
	some i, server in input.model.servers
	path := server.container.readinessProbe.httpGet.path
}

_paths contains [i, "startupProbe", path] if {
	some i, server in input.model.servers
	path := server.container.startupProbe.httpGet.path
}
