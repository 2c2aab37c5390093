# A leaf node's subjects are those of the other side as well, and JetStream's requests are subjects.
package natslint.rules["js-domain-on-leaf"]

import data.natslint.lib.some_of
import data.natslint.lib.unset

violations contains {
	"at": ["servers", i, "config", "jetstream"],
	"on": "key",
	"facts": {},
} if {
	some i, server in input.model.servers
	server.kind == "nats"
	some_of(server.config.leafnodes.remotes)
	is_object(server.config.jetstream)
	unset(server.config.jetstream.domain)
	is_null(server.config.default_js_domain)
}
