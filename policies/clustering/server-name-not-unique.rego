# A server's peers, and the Raft groups of JetStream, know it by its name.
package natslint.rules["server-name-not-unique"]

import data.natslint.lib.greater

violations contains {
	"at": ["servers", i, "config", "server_name"],
	"case": "replicas",
	"facts": {"name": name, "replicas": server.workload.replicas},
} if {
	some i, server in input.model.servers
	name := server.config.server_name
	is_string(name)
	name != ""
	greater(server.workload.replicas, 1)
}

violations contains {
	"at": ["repository", "serverNames", i, "name"],
	"facts": {"name": one.name, "other": one.other},
	"related": [{"at": ["repository", "serverNames", i, "other"]}],
} if some i, one in input.model.repository.serverNames
