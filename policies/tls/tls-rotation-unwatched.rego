# A server has the certificate that was there when it last read its configuration.
package natslint.rules["tls-rotation-unwatched"]

violations contains {
	"at": ["servers", i, "certificates", first, "path"],
	"facts": {"secret": server.certificates[first].secret},
} if {
	some i, server in input.model.servers
	server.kind == "nats"
	is_object(server.workload)
	server.reload.reloader == false
	server.reload.watcher == false
	i in _lasting
	first := min({j |
		some j, one in server.certificates
		one.key == "cert_file"
		is_string(one.secret)
	})
}

# A checksum may be of the certificate, and then the pods are replaced with it.
_lasting contains i if {
	some i, server in input.model.servers
	is_null(server.chart)
	server.reload.checksum == false
}

# In the chart of nats-io it is of the configuration alone; without it reloader-disabled says so already.
_lasting contains i if {
	some i, server in input.model.servers
	server.chart.repository == "nats-io"
	server.chart.name == "nats"
	server.reload.checksum == true
}
