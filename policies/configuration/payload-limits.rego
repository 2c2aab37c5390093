# A message has to fit into what may wait for a client.
package natslint.rules["payload-limits"]

import data.natslint.lib.at_most
import data.natslint.lib.greater
import data.natslint.lib.size

violations contains {
	"at": ["servers", i, "config", "max_payload"],
	"facts": {"payload": size(payload), "pending": size(pending)},
	"related": [{"at": ["servers", i, "config", "max_pending"], "case": "pending"} | is_number(server.config.max_pending)],
} if {
	some i, server in input.model.servers
	payload := server.config.max_payload
	pending := _pending(server.config.max_pending)
	greater(payload, pending)

	# What is no number for the server at all is conf-value-out-of-range.
	at_most(payload, 2147483647)
}

violations contains {
	"at": ["servers", i, "config", "max_payload"],
	"case": "high",
	"facts": {"payload": size(payload)},
} if {
	some i, server in input.model.servers
	payload := server.config.max_payload
	greater(payload, 8388608)
	at_most(payload, _pending(server.config.max_pending))
}

# The server's own limit, which also stands for 0.
_pending(bytes) := 67108864 if is_null(bytes)

_pending(bytes) := 67108864 if bytes == 0

_pending(bytes) := bytes if greater(bytes, 0)
