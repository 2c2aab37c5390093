# Whoever reaches the port may read, write and delete everything.
package natslint.rules["auth-disabled"]

import data.natslint.lib.none

# What is open to the world is another rule's affair, and a switch that is on in vain is one, too.
violations contains {
	"at": ["servers", i, "authentication", "clients"],
	"facts": {},
} if {
	some i in _reachable
	server := input.model.servers[i]
	server.kind == "nats"
	_anywhere(server.config.host)
	server.authentication.clients == "none"
	_inside(server.exposures)
	reasons := [one.because | some one in server.unread]
	count(reasons) == count(server.unread)
	not "no credentials" in reasons
}

# No way leads strangers to a listener that asks for what clients are asked for.
_inside(exposures) if is_null(exposures)

_inside(exposures) if {
	listeners := [way.listener | some way in exposures]
	count(listeners) == count(exposures)
	{listener | some listener in listeners} & {"client", "websocket", "mqtt"} == set()
}

# A server that listens to its own host alone serves whoever is there anyway.
_anywhere(host) if is_null(host)

_anywhere(host) if {
	is_string(host)
	not host in ["127.0.0.1", "localhost", "::1"]
}

_reachable contains i if {
	some i, server in input.model.servers
	none(server.networkPolicies)
}

_reachable contains i if {
	some i, server in input.model.servers
	some policy in server.networkPolicies
	some rule in policy.ingress
	rule.anybody == true
	rule.clients == true
}
