# Encrypted, but nobody knows with whom.
package natslint.rules["tls-insecure-skip-verify"]

import data.natslint.lib.tls_blocks

violations contains {
	"at": array.concat(["servers", i, "config"], array.concat(path, ["insecure"])),
	"facts": {"peer": peer},
} if {
	some [i, path, block] in tls_blocks
	block.insecure == true
	peer := _peers[concat(".", [step | some step in path; is_string(step)])]
}

violations contains {
	"at": ["servers", i, "streaming", "tls", "insecure"],
	"facts": {"peer": "the NATS server"},
} if {
	some i, server in input.model.servers
	server.streaming.tls.insecure == true
}

# A listener for clients checks nobody by name.
_peers := {
	"cluster.tls": "another server",
	"gateway.tls": "another cluster",
	"gateway.gateways.tls": "another cluster",
	"leafnodes.remotes.tls": "the hub",
}
