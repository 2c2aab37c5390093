# A certificate that every client sees, and that makes whoever has its key a route.
package natslint.rules["tls-same-cert-for-clients-and-routes"]

violations contains {
	"at": ["servers", i, "config", block, "tls", "cert_file"],
	"facts": {"block": block},
} if {
	some [i, block] in _same
}

_same contains [i, block] if {
	some i, server in input.model.servers
	some block in ["cluster", "gateway"]
	own := server.config[block].tls.cert_file
	is_string(own)
	own == server.config.tls.cert_file
}

_same contains [i, other.listener] if {
	some i, server in input.model.servers
	some client in server.certificates
	client.listener == "client"
	client.key == "cert_file"
	is_string(client.secret)
	some other in server.certificates
	other.listener in ["cluster", "gateway"]
	other.key == "cert_file"
	other.secret == client.secret
	other.entry == client.entry
}
