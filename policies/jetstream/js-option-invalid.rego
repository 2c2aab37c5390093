# What the server reads without a look and refuses as it starts.
package natslint.rules["js-option-invalid"]

import data.natslint.lib.less
import data.natslint.lib.listens

violations contains {
	"at": ["servers", i, "config", "jetstream", "domain"],
	"facts": {"domain": domain},
} if {
	some i, server in input.model.servers
	domain := server.config.jetstream.domain
	regex.match(`[\s.*>]`, domain)
}

violations contains {
	"at": ["servers", i, "config", "jetstream", "extension_hint"],
	"case": "hint",
	"facts": {"hint": hint},
} if {
	some i, server in input.model.servers
	listens(server.config.cluster.port)
	hint := server.config.jetstream.extension_hint
	is_string(hint)
	not hint in ["will_extend", "no_extend", ""]
}

violations contains {
	"at": ["servers", i, "config", "jetstream", "max_outstanding_catchup"],
	"case": "catchup",
	"facts": {},
} if {
	some i, server in input.model.servers
	listens(server.config.cluster.port)
	less(server.config.jetstream.max_outstanding_catchup, 0)
}
