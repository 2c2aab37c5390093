# A number of seconds, and until 2.11.2 nothing else.
package natslint.rules["auth-timeout-units"]

import data.natslint.lib.greater
import data.natslint.lib.less
import data.natslint.lib.older

violations contains {
	"at": ["servers", i, "timeouts", j, "seconds"],
	"facts": {"seconds": one.seconds, "version": server.version.text},
	"fix": {"set": one.seconds},
} if {
	some i, server in input.model.servers
	some j, one in server.timeouts
	one.text == true
	older(server.version.parts, [2, 11, 2])
}

violations contains {
	"at": ["servers", i, "timeouts", j, "seconds"],
	"case": "long",
	"facts": {"seconds": one.seconds},
} if {
	some i, server in input.model.servers
	some j, one in server.timeouts
	greater(one.seconds, 60)
}

violations contains {
	"at": ["servers", i, "timeouts", j, "seconds"],
	"case": "tls",
	"facts": {"seconds": one.seconds, "tls": one.tls},
} if {
	some i, server in input.model.servers
	some j, one in server.timeouts
	less(one.seconds, one.tls)
}
