# A balancer that drops a silent connection before the server's next ping.
package natslint.rules["lb-idle-timeout"]

import data.natslint.lib.less

violations contains {
	"at": ["servers", i, "services", j, "loadBalancer", "idleTimeout"],
	"facts": {"idle": idle, "interval": interval},
} if {
	some i, server in input.model.servers
	interval := _interval(server.config.ping_interval)
	some j, service in server.services
	idle := service.loadBalancer.idleTimeout
	less(idle, interval)
	some port in service.ports
	port.listener in ["client", "leafnodes"]
}

# The server's own.
_interval(written) := 120 if is_null(written)

_interval(written) := written if is_number(written)
