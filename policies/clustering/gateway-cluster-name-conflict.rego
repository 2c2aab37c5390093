# A gateway speaks for its cluster, and has its name.
package natslint.rules["gateway-cluster-name-conflict"]

import data.natslint.lib.given

violations contains {
	"at": ["servers", i, "config", "gateway", "name"],
	"facts": {"cluster": cluster, "gateway": gateway},
	"related": [{"at": ["servers", i, "config", "cluster", "name"], "case": "cluster"}],
	"fix": {"set": cluster},
} if {
	some i, server in input.model.servers
	cluster := server.config.cluster.name
	gateway := server.config.gateway.name
	given(cluster)
	given(gateway)
	cluster != gateway
}
