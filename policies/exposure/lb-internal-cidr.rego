# An internal load balancer is there for all that is joined to its network.
package natslint.rules["lb-internal-cidr"]

violations contains {
	"at": ["servers", i, "services", j, "type"],
	"facts": {},
} if {
	some i, server in input.model.servers
	server.networkPolicies == []
	some j, service in server.services
	service.loadBalancer.internal == true
	service.loadBalancer.guarded == false
	service.loadBalancer.ranges == []
	some port in service.ports
	is_string(port.listener)
}
