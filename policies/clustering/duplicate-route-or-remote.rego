# What is written twice is connected twice, or not at all. URLs with credentials may differ in what is not in the model.
package natslint.rules["duplicate-route-or-remote"]

import data.natslint.lib.less

violations contains {
	"at": ["servers", i, "config", "cluster", "routes", k],
	"facts": {"url": url},
	"related": [{"at": ["servers", i, "config", "cluster", "routes", j], "case": "first"}],
} if {
	some i, server in input.model.servers
	routes := server.config.cluster.routes
	some k, url in routes
	not contains(url, "@")
	j := min(_routes[i][url])
	less(j, k)
}

violations contains {
	"at": ["servers", i, "config", "leafnodes", "remotes", k],
	"case": "remote",
	"facts": {"url": concat(", ", urls)},
	"related": [{"at": ["servers", i, "config", "leafnodes", "remotes", j], "case": "first"}],
} if {
	some i, server in input.model.servers
	some k, remote in server.config.leafnodes.remotes
	urls := remote.url
	not contains(concat(" ", urls), "@")
	is_null(remote.nkey)
	some j in _remotes[i][[urls, _account(remote.account)]]
	other := server.config.leafnodes.remotes[j]
	less(j, k)
	other.credentials == remote.credentials
	is_null(other.nkey)
}

# Where each stands: collected once, since hubs and superclusters have thousands.
_routes[i][url] contains k if {
	some i, server in input.model.servers
	some k, url in server.config.cluster.routes
}

_remotes[i][[remote.url, _account(remote.account)]] contains k if {
	some i, server in input.model.servers
	some k, remote in server.config.leafnodes.remotes
}

_account(name) := "$G" if is_null(name)

_account(name) := name if is_string(name)
