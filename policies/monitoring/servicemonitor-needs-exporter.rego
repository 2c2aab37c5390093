# A monitor asks an exporter, and finds nothing where there is none.
package natslint.rules["servicemonitor-needs-exporter"]

violations contains {
	"at": ["servers", i, "unread", j, "value"],
	"facts": {"key": one.key},
} if {
	some i, server in input.model.servers
	some j, one in server.unread
	one.because == "no exporter"
}

violations contains {
	"at": ["servers", i, "metrics", "monitors", j, "endpoints", k, "port"],
	"case": "port",
	"facts": {"kind": monitor.kind, "port": endpoint.port},
} if {
	some i, server in input.model.servers
	some j, monitor in server.metrics.monitors
	some k, endpoint in monitor.endpoints
	endpoint.found == false
	is_string(endpoint.port)
}
