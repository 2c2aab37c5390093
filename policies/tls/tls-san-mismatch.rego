# Whoever calls a server by a name that its certificate does not have hangs up.
package natslint.rules["tls-san-mismatch"]

violations contains {
	"at": ["servers", i, "issued", j, "dnsNames"],
	"facts": {"host": one.uncovered[0]},
} if {
	some i, server in input.model.servers
	some j, one in server.issued
	server.config.cluster.tls.insecure in [null, false]
	"cluster" in one.roles
	one.uncovered != []
}

violations contains {
	"at": ["servers", i, "issued", j, "commonName"],
	"case": "name",
	"facts": {},
} if {
	some i, server in input.model.servers
	some j, one in server.issued
	one.named == false
	some role in one.roles
	role != "outgoing"
	one.uncovered == []
}
