# Metrics that Prometheus is told not to read, and that no monitor reads either.
package natslint.rules["metrics-scrape-false"]

violations contains {
	"at": ["servers", i, "metrics", "scrape"],
	"facts": {},
} if {
	some i, server in input.model.servers
	server.metrics.exporter == true
	server.metrics.scrape in ["false", false]
	server.metrics.complete == true
	server.metrics.monitors == []
}
