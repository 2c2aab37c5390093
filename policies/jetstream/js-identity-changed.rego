# JetStream knows clusters, domains and servers by the names under which they stored what they have.
package natslint.rules["js-identity-changed"]

violations contains {
	"at": ["servers", i, "config", "cluster", "name"],
	"facts": {"was": was, "now": now},
} if {
	some i in _storing
	now := input.model.servers[i].config.cluster.name
	was := input.base.servers[i].config.cluster.name
	is_string(now)
	is_string(was)
	now != was
}

violations contains {
	"at": ["servers", i, "config", "jetstream", "domain"],
	"case": "domain",
	"facts": {"was": _written(was), "now": _written(now)},
} if {
	some i in _storing
	now := input.model.servers[i].config.jetstream.domain
	was := input.base.servers[i].config.jetstream.domain
	_written(now) != _written(was)
}

violations contains {
	"at": ["servers", i, "config", "server_name"],
	"case": "server",
	"facts": {"was": was, "now": now},
} if {
	some i in _storing
	now := input.model.servers[i].config.server_name
	was := input.base.servers[i].config.server_name
	is_string(now)
	is_string(was)
	now != was
	is_object(input.model.servers[i].config.cluster)
}

violations contains {
	"at": ["servers", i, "podNames", "prefix"],
	"case": "prefix",
	"facts": {"was": _prefix(was), "now": _prefix(now)},
} if {
	some i in _storing
	now := input.model.servers[i].podNames.prefix
	was := input.base.servers[i].podNames.prefix
	now != was
	is_object(input.model.servers[i].config.cluster)
}

# Servers with JetStream before and after. A chart that renames its StatefulSet renames the cluster, too, which another rule says.
_storing contains i if {
	some i, server in input.model.servers
	old := input.base.servers[i]
	is_object(server.config.jetstream)
	is_object(old.config.jetstream)
	server.workload.name == old.workload.name
}

_storing contains i if {
	some i, server in input.model.servers
	old := input.base.servers[i]
	is_object(server.config.jetstream)
	is_object(old.config.jetstream)
	is_null(server.chart)
	is_null(old.chart)
}

_written(name) := name if is_string(name)

_written(name) := "none" if is_null(name)

_prefix(text) := text if text != ""

_prefix(text) := "nothing" if text == ""
