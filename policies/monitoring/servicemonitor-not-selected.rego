# The operator's Prometheus reads only the monitors that its selector wants.
package natslint.rules["servicemonitor-not-selected"]

violations contains {
	"at": ["servers", i, "metrics", "monitors", j, "watched"],
	"facts": {"kind": monitor.kind},
} if {
	some i, server in input.model.servers
	some j, monitor in server.metrics.monitors
	monitor.watched == false
}
