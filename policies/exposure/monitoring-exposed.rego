# Monitoring asks nobody for a password.
package natslint.rules["monitoring-exposed"]

import data.natslint.lib.port_words

violations contains {
	"at": ["servers", i, "exposures", j, "port"],
	"case": _case[way.guarded],
	"facts": {"through": through, "port": port_words[way.listener]},
} if {
	some i, server in input.model.servers
	some j, way in server.exposures
	way.listener in ["monitor", "metrics"]
	way.internal == false
	through := way.through
	not through in ["hostPort", "hostNetwork"]
}

_case := {false: "default", true: "guarded"}
