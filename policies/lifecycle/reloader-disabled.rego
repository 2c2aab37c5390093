# A configuration that nobody tells the servers about stands in Git and runs nowhere.
package natslint.rules["reloader-disabled"]

violations contains {
	"at": ["servers", i, "reload", "reloader"],
	"facts": {},
} if {
	some i, server in input.model.servers
	server.chart.repository == "nats-io"
	server.chart.name == "nats"
	server.reload.reloader == false
	server.reload.checksum == false
}
