# A pod that is ready only with a quorum must not be what the quorum waits for.
package natslint.rules["headless-not-ready-addresses"]

import data.natslint.lib.greater
import data.natslint.lib.listens

violations contains {
	"at": ["servers", i, "services", j, "publishNotReadyAddresses"],
	"facts": {"service": service.name},
} if {
	some i in _waits
	some j, service in input.model.servers[i].services
	service.name == input.model.servers[i].workload.serviceName
	service.clusterIP == "None"
	service.publishNotReadyAddresses in [null, false]
}

violations contains {
	"at": ["servers", i, "workload", "podManagementPolicy"],
	"case": "ordered",
	"facts": {},
} if {
	some i in _waits
	input.model.servers[i].workload.podManagementPolicy in [null, "OrderedReady"]
}

# The servers of a cluster that are ready only when JetStream is.
_waits contains i if {
	some i, server in input.model.servers
	server.kind == "nats"
	server.workload.kind == "StatefulSet"
	greater(server.workload.replicas, 1)
	is_object(server.config.jetstream)
	listens(server.config.cluster.port)
	path := server.container.readinessProbe.httpGet.path
	startswith(path, "/healthz")
	regex.match(`js-server-only=|js-enabled`, path) == false
}
