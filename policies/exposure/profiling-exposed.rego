# What lies in the server's memory is there for the asking.
package natslint.rules["profiling-exposed"]

import data.natslint.lib.greater

violations contains {
	"at": ["servers", i, "config", "prof_port"],
	"facts": {"port": port, "through": server.exposures[j].through},
	"related": [{"at": ["servers", i, "exposures", j, "port"], "case": "exposure"}],
} if {
	some i, server in input.model.servers
	port := server.config.prof_port
	greater(port, 0)
	j := min([at | some at, way in server.exposures; way.listener == "profiling"])
}

violations contains {
	"at": ["servers", i, "config", "prof_port"],
	"case": "open",
	"facts": {"port": port},
} if {
	some i, server in input.model.servers
	port := server.config.prof_port
	greater(port, 0)
	exposures := server.exposures

	# Each is known, and none leads to it.
	ways := [way | some way in exposures]
	listeners := [way.listener | some way in ways]
	count(listeners) == count(ways)
	not "profiling" in listeners
}
