# Each second a line, for as long as the other side is away.
package natslint.rules["connect-error-reports-noisy"]

import data.natslint.lib.greater
import data.natslint.lib.less
import data.natslint.lib.some_of

violations contains {
	"at": ["servers", i, "config", "connect_error_reports"],
	"facts": {"reports": reports},
} if {
	some i in _reaches_out
	reports := input.model.servers[i].config.connect_error_reports
	less(reports, 10)
	greater(reports, 0)
}

_reaches_out contains i if {
	some i, server in input.model.servers
	some_of(server.config.leafnodes.remotes)
}

_reaches_out contains i if {
	some i, server in input.model.servers
	some_of(server.config.gateway.gateways)
}

_reaches_out contains i if {
	some i, server in input.model.servers
	greater(count(server.config.cluster.routes), 1)
}
