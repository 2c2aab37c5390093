# A pod of a StatefulSet is one address, and away while it restarts.
package natslint.rules["remote-single-seed"]

violations contains {
	"at": ["servers", i, "config", "leafnodes", "remotes", j, "url"],
	"facts": {"host": _host(remote.url[0])},
} if {
	some i, server in input.model.servers
	some j, remote in server.config.leafnodes.remotes
	count(remote.url) == 1
}

violations contains {
	"at": ["servers", i, "config", "gateway", "gateways", j, "urls"],
	"case": "gateway",
	"facts": {"host": _host(remote.urls[0]), "name": remote.name},
} if {
	some i, server in input.model.servers
	own := server.config.gateway.name
	some j, remote in server.config.gateway.gateways
	remote.name != own
	is_null(remote.url)
	count(remote.urls) == 1
}

violations contains {
	"at": ["servers", i, "config", "gateway", "gateways", j, "url"],
	"case": "gateway",
	"facts": {"host": _host(remote.url), "name": remote.name},
} if {
	some i, server in input.model.servers
	own := server.config.gateway.name
	some j, remote in server.config.gateway.gateways
	remote.name != own
	is_null(remote.urls)
}

# The host of a URL that names a pod of a StatefulSet: its ordinal, and the Service behind it.
_host(url) := found[0][1] if {
	found := regex.find_all_string_submatch_n(`^[a-z0-9+.-]+://(?:[^@]*@)?([a-z0-9]([a-z0-9-]*[a-z0-9])?-[0-9]+\.[a-z][a-z0-9.-]*)(?::[0-9]+)?/?$`, url, 1)
}
