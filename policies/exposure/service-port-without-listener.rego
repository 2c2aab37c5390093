# A port of a Service behind which nothing of the pod listens.
package natslint.rules["service-port-without-listener"]

violations contains {
	"at": ["servers", i, "services", j, "ports", k, "port"],
	"facts": {"target": port.number},
} if {
	some i, server in input.model.servers
	server.kind == "nats"
	some j, service in server.services
	service.clusterIP != "None"
	some k, port in service.ports
	is_null(port.listener)
	is_null(port.listens)
	is_number(port.number)
}

violations contains {
	"at": ["servers", i, "services", j, "ports", k, "targetPort"],
	"case": "unnamed",
	"facts": {"target": port.targetPort},
} if {
	some i, server in input.model.servers
	server.kind == "nats"
	some j, service in server.services
	service.clusterIP != "None"
	some k, port in service.ports
	is_null(port.listener)
	is_null(port.number)
	is_string(port.targetPort)
}
