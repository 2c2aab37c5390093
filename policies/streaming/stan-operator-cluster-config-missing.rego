# Servers of one name that do not know of each other are no cluster.
package natslint.rules["stan-operator-cluster-config-missing"]

import data.natslint.lib.greater

violations contains {
	"at": ["servers", i, "resource", "size"],
	"facts": {"size": size},
} if {
	some i, size in _several
	resource := input.model.servers[i].resource
	resource.store in {null, "", "FILE", "file", "File"}
	is_null(resource.config)
}

violations contains {
	"at": ["servers", i, "resource", "size"],
	"case": "memory",
	"facts": {"size": size},
} if {
	some i, size in _several
	input.model.servers[i].resource.store == "MEMORY"
}

_several[i] := size if {
	some i, server in input.model.servers
	server.resource.kind == "NatsStreamingCluster"
	size := server.resource.size
	greater(size, 1)
}
