# Lame duck mode must have ended when the pod is killed.
package natslint.rules["grace-shorter-than-lame-duck"]

import data.natslint.lib.less

violations contains {
	"at": ["servers", i, "workload", "pod", "terminationGracePeriodSeconds"],
	"facts": {"grace": _known(grace, 30), "duration": duration},
	"related": [{"at": ["servers", i, "config", "lame_duck_duration"], "case": "duration"} | is_number(server.config.lame_duck_duration)],
	"fix": {"set": duration + 15},
} if {
	some i, server in input.model.servers
	server.kind == "nats"
	server.lameDuckHook == true
	grace := server.workload.pod.terminationGracePeriodSeconds
	duration := _known(server.config.lame_duck_duration, 120)
	less(_known(grace, 30), duration + 10)
}

# What Kubernetes and the server take where nothing is set.
_known(value, standard) := standard if is_null(value)

_known(value, _) := value if is_number(value)
