# Whoever finds the port is in.
package natslint.rules["exposed-without-auth"]

import data.natslint.lib.open_listeners
import data.natslint.lib.port_words

violations contains {
	"at": array.concat(["servers", i, "config"], path),
	"facts": {"through": server.exposures[j].through, "port": port_words[listener]},
	"related": [{"at": ["servers", i, "exposures", j, "through"], "case": "exposure"}],
} if {
	some [i, listener, path] in open_listeners
	server := input.model.servers[i]
	j := min([at |
		some at, way in server.exposures
		way.listener == listener
		way.internal == false
		way.guarded == false
	])
}

violations contains {
	"at": array.concat(["servers", i, "config"], path),
	"case": "internal",
	"facts": {"through": server.exposures[j].through, "port": port_words[listener]},
	"related": [{"at": ["servers", i, "exposures", j, "through"], "case": "exposure"}],
} if {
	some [i, listener, path] in open_listeners
	server := input.model.servers[i]
	ways := [at | some at, way in server.exposures; way.listener == listener]
	internal := [at | some at in ways; server.exposures[at].internal == true]
	count(internal) == count(ways)
	j := min([at | some at in internal; server.exposures[at].guarded == false])
}
