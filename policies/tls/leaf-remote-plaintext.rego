# What logs a leaf node in goes over the internet in clear.
package natslint.rules["leaf-remote-plaintext"]

violations contains {
	"at": ["servers", i, "config", "leafnodes", "remotes", j, "url", k],
	"facts": {"url": url},
} if {
	some i, server in input.model.servers
	some j, remote in server.config.leafnodes.remotes
	is_null(remote.tls)
	some k, url in remote.url
	some way in [remote.credentials, remote.nkey, url]
	_logs_in(way)
	_is_public(url)
}

_logs_in(way) if is_object(way)

_logs_in(way) if {
	is_string(way)
	not regex.match(`^[a-z-]+://[^@]*$`, way)
}

# A name with dots that is none of a cluster's, a private network's or an example's own host.
_is_public(url) if {
	regex.match(`^(nats|nats-leaf|leaf|ws)://`, url)
	host := regex.find_all_string_submatch_n(`^[a-z-]+://([^@]*@)?([^:/?]+)`, url, 1)[0][2]
	regex.match(`[A-Za-z].*\.[A-Za-z]`, host)
	not regex.match(`\.(svc|local|internal|lan|home|localdomain|localhost|test|invalid|arpa)$`, lower(host))
	not regex.match(`\.svc\.`, lower(host))
}
