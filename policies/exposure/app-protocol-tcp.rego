# The mesh waits for the client's first bytes to guess the protocol, and the server speaks first.
package natslint.rules["app-protocol-tcp"]

violations contains {
	"at": ["servers", i, "services", j, "ports", k, "appProtocol"],
	"facts": {"port": port.port},
} if {
	some i, server in input.model.servers
	server.mesh == "istio"
	some j, service in server.services
	some k, port in service.ports
	port.listener in ["client", "cluster", "gateway", "leafnodes"]
	is_null(port.appProtocol)
	is_number(port.port)
	name := port.name
	not _named(name)
}

# A protocol in front of the name says the same.
_named(name) if regex.match(`^(tcp|tls|mongo|mysql|redis|https?|http2|grpc)(-|$)`, name)
