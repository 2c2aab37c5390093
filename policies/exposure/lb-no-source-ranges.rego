# A load balancer that lets the whole world knock at NATS.
package natslint.rules["lb-no-source-ranges"]

violations contains {
	"at": ["servers", i, "services", j, "type"],
	"facts": {},
} if {
	some i, server in input.model.servers
	some j, service in server.services
	_outside(service.loadBalancer.internal, service.loadBalancer.guarded)
	service.loadBalancer.ranges == []
	_leads(service.ports)
}

violations contains {
	"at": ["servers", i, "services", j, "loadBalancer", "ranges", k, "range"],
	"case": _case[one.reach],
	"facts": {"range": one.range},
} if {
	some i, server in input.model.servers
	some j, service in server.services
	_outside(service.loadBalancer.internal, service.loadBalancer.guarded)
	_leads(service.ports)
	some k, one in service.loadBalancer.ranges
}

_outside(internal, guarded) if {
	internal == false
	guarded == false
}

_leads(ports) if {
	some port in ports
	is_string(port.listener)
}

_case := {"everybody": "everybody", "nobody": "placeholder"}
