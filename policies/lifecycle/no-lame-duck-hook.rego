# A server that is only told to end drops its clients in one moment; in lame duck mode it sends them away one after the other.
package natslint.rules["no-lame-duck-hook"]

import data.natslint.lib.given
import data.natslint.lib.greater
import data.natslint.lib.unset

violations contains {
	"at": ["servers", i, "container"],
	"facts": {},
} if {
	some i, server in input.model.servers
	server.kind == "nats"
	is_null(server.chart)
	server.workload.kind == "StatefulSet"

	# The clients of a single server have nowhere else to go.
	greater(server.workload.replicas, 1)
	server.lameDuckHook == false
}

violations contains {
	"at": ["servers", i, "lameDuckPidFile"],
	"case": "pid",
	"facts": {"hook": hook, "file": file},
	"related": [{"at": ["servers", i, "config", "pid_file"], "case": "file"}],
} if {
	some i, server in input.model.servers
	hook := server.lameDuckPidFile
	file := server.config.pid_file
	given(file)
	trim_prefix(hook, "/var") != trim_prefix(file, "/var")
}

violations contains {
	"at": ["servers", i, "lameDuckPidFile"],
	"case": "no-pid",
	"facts": {"hook": server.lameDuckPidFile},
} if {
	some i, server in input.model.servers
	is_string(server.lameDuckPidFile)
	unset(server.config.pid_file)
}
