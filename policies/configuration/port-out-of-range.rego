# Ports end at 65535.
package natslint.rules["port-out-of-range"]

import data.natslint.lib.greater
import data.natslint.lib.less

violations contains {
	"at": array.concat(["servers", i, "config"], path),
	"facts": {"port": port},
} if {
	some [i, path, port] in _ports
	_outside(port)
}

_ports contains [i, [key], server.config[key]] if {
	some i, server in input.model.servers
	some key in ["port", "http_port", "https_port", "prof_port"]
}

_ports contains [i, [block, "port"], server.config[block].port] if {
	some i, server in input.model.servers
	some block in ["cluster", "gateway", "leafnodes", "websocket", "mqtt"]
}

_outside(port) if greater(port, 65535)

_outside(port) if less(port, -1)
