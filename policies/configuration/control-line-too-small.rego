# Subjects and logins have to fit into a line.
package natslint.rules["control-line-too-small"]

import data.natslint.lib.greater
import data.natslint.lib.less

violations contains {
	"at": ["servers", i, "config", "max_control_line"],
	"facts": {"bytes": bytes},
} if {
	some i, server in input.model.servers
	bytes := server.config.max_control_line
	greater(bytes, 0)
	less(bytes, 1024)
}

violations contains {
	"at": ["servers", i, "config", "max_control_line"],
	"case": "large",
	"facts": {"bytes": bytes},
} if {
	some i, server in input.model.servers
	bytes := server.config.max_control_line
	greater(bytes, 65536)
}
