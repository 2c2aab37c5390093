# In the stable, Bitnami and Qlik charts `debug.enabled` does not switch `debug.trace`.
package natslint.rules["debug-block-ambiguous"]

violations contains {
	"at": ["servers", i, "config", "trace"],
	"facts": {"chart": server.chart.repository},
	"fix": {"set": false},
} if {
	some i, server in input.model.servers
	server.chart.repository in {"stable", "bitnami", "qlik"}
	server.config.trace == true
	server.config.debug == false
}
