# A Service leads to another port than the one on which the server listens.
package natslint.rules["service-port-mismatch"]

violations contains {
	"at": ["servers", i, "services", j, "ports", k],
	"facts": {"target": port.number, "listens": port.listens},
	"related": [{"at": ["servers", i, "config"], "case": "configuration"}],
} if {
	some i, server in input.model.servers
	server.kind == "nats"
	some j, service in server.services
	some k, port in service.ports
	is_null(port.listener)
	is_number(port.number)
	is_number(port.listens)
}
