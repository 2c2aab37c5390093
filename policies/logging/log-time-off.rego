# Without the server's own time nobody knows what came first.
package natslint.rules["log-time-off"]

import data.natslint.lib.unset

violations contains {
	"at": ["servers", i, "config", "logtime"],
	"facts": {},
	"fix": {"set": true},
} if {
	some i, server in input.model.servers
	server.config.logtime == false
	unset(server.config.log_file)
}
