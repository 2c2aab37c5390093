# A server logs in to another with what stands in the route's URL.
package natslint.rules["route-credentials-missing"]

import data.natslint.lib.given

violations contains {
	"at": ["servers", i, "config", "cluster", "routes", j],
	"facts": {"url": url},
} if {
	some i, server in input.model.servers
	given(server.config.cluster.authorization.user)
	server.config.cluster.authorization.password.form != "empty"
	some j, url in server.config.cluster.routes
	not contains(url, "@")
}
