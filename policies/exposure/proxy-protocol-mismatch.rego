# The server takes the balancer's header for the first line of a client.
package natslint.rules["proxy-protocol-mismatch"]

violations contains {
	"at": ["servers", i, "services", j, "loadBalancer", "proxyProtocol"],
	"facts": {},
	"related": [{"at": ["servers", i, "config", "proxy_protocol"], "case": "configuration"}],
} if {
	some i, server in input.model.servers
	server.config.proxy_protocol in [null, false]
	some j, service in server.services
	service.loadBalancer.proxyProtocol == true
	some port in service.ports
	port.listener in ["client", "leafnodes", "gateway", "cluster", "mqtt"]
}
