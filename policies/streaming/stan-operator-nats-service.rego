# The operator makes a URL of the name, and what it does not resolve to is not connected to.
package natslint.rules["stan-operator-nats-service"]

import data.natslint.lib.given
import data.natslint.lib.unset

violations contains {
	"at": ["servers", i, "resource"],
	"facts": {},
} if {
	some i, server in input.model.servers
	server.resource.kind == "NatsStreamingCluster"
	unset(server.resource.natsSvc)
}

violations contains {
	"at": ["servers", i, "resource", "natsSvc"],
	"case": "near",
	"facts": {"name": server.resource.natsSvc, "near": near},
	"fix": {"set": near},
} if {
	some i, server in input.model.servers
	given(server.resource.natsSvc)
	near := server.resource.server.near
	given(near)
}

violations contains {
	"at": ["servers", i, "resource", "natsSvc"],
	"case": "namespace",
	"facts": {"name": server.resource.natsSvc, "namespace": namespace},
} if {
	some i, server in input.model.servers
	given(server.resource.natsSvc)
	is_null(server.resource.server.near)
	namespace := server.resource.server.namespace
	given(namespace)
}
