# Kubernetes dropped topologyKeys in 1.22.
package natslint.rules["service-topology-keys"]

import data.natslint.lib.some_of

violations contains {
	"at": ["servers", i, "services", j, "topologyKeys"],
	"facts": {},
} if {
	some i, server in input.model.servers
	some j, service in server.services
	some_of(service.topologyKeys)
}
