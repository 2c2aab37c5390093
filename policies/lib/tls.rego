# Every block called tls, wherever the schema has one. To walk the whole configuration for them takes long where there are
# thousands of accounts.
package natslint.lib

tls_blocks contains [i, ["tls"], block] if {
	some i, server in input.model.servers
	block := server.config.tls
	is_object(block)
}

tls_blocks contains [i, [listener, "tls"], block] if {
	some i, server in input.model.servers
	some listener in ["cluster", "gateway", "leafnodes", "mqtt", "websocket"]
	block := server.config[listener].tls
	is_object(block)
}

tls_blocks contains [i, ["gateway", "gateways", j, "tls"], gateway.tls] if {
	some i, server in input.model.servers
	some j, gateway in server.config.gateway.gateways
	is_object(gateway.tls)
}

tls_blocks contains [i, ["leafnodes", "remotes", j, "tls"], remote.tls] if {
	some i, server in input.model.servers
	some j, remote in server.config.leafnodes.remotes
	is_object(remote.tls)
}
