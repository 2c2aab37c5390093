# Names are parts of subjects, and subjects have no blanks.
package natslint.rules["name-with-spaces"]

violations contains {
	"at": ["servers", i, "config", "server_name"],
	"facts": {"what": "server's name", "name": name},
} if {
	some i, server in input.model.servers
	name := server.config.server_name
	contains(name, " ")
}

violations contains {
	"at": ["servers", i, "config", "cluster", "name"],
	"facts": {"what": "cluster's name", "name": name},
} if {
	some i, server in input.model.servers
	name := server.config.cluster.name
	contains(name, " ")
}

violations contains {
	"at": ["servers", i, "config", "gateway", "name"],
	"facts": {"what": "gateway's name", "name": name},
} if {
	some i, server in input.model.servers
	name := server.config.gateway.name
	contains(name, " ")
}

violations contains {
	"at": ["servers", i, "streaming", "cluster_id"],
	"facts": {"what": "cluster ID", "name": name},
} if {
	some i, server in input.model.servers
	name := server.streaming.cluster_id
	contains(name, " ")
}

violations contains {
	"at": ["servers", i, "streaming", "cluster_id"],
	"case": "empty",
	"facts": {},
} if {
	some i, server in input.model.servers
	server.streaming.cluster_id == ""
}
