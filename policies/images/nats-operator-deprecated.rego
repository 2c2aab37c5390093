# Who wrote the operator says that it is for nothing new.
package natslint.rules["nats-operator-deprecated"]

violations contains {
	"at": ["servers", i, "resource"],
	"facts": {},
} if {
	some i, server in input.model.servers
	server.resource.kind == "NatsCluster"
}

violations contains {
	"at": ["natsOperators", i, "image"],
	"facts": {},
} if {
	some i, operator in input.model.natsOperators
	operator.kind == "nats-operator"
}
