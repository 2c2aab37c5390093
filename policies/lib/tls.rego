# Every block called tls, wherever it stands.
package natslint.lib

tls_blocks contains [i, path, block] if {
	some i, server in input.model.servers
	walk(server.config, [path, block])
	path[count(path) - 1] == "tls"
	is_object(block)
}
