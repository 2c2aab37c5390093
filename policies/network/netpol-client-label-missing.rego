# A client that no network policy lets in waits until its connection times out.
package natslint.rules["netpol-client-label-missing"]

violations contains {
	"at": ["servers", i, "blockedClients", j, "kind"],
	"facts": {"kind": client.kind, "label": client.label},
	"related": [{"at": ["servers", i, "isolation"], "case": "policy"}],
} if {
	some i, server in input.model.servers
	some j, client in server.blockedClients
	is_string(client.label)
}

violations contains {
	"at": ["servers", i, "blockedClients", j, "kind"],
	"case": "closed",
	"facts": {"kind": client.kind},
	"related": [{"at": ["servers", i, "isolation"], "case": "policy"}],
} if {
	some i, server in input.model.servers
	some j, client in server.blockedClients
	is_null(client.label)
}
