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
	j := min({j | some j, other in routes; other == url})
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
	some j, other in server.config.leafnodes.remotes
	less(j, k)
	other.url == urls
	_account(other.account) == _account(remote.account)
	other.credentials == remote.credentials
	is_null(other.nkey)
}

_account(name) := "$G" if is_null(name)

_account(name) := name if is_string(name)
