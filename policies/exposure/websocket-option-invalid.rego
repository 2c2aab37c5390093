# What the server reads without a look and refuses as it starts.
package natslint.rules["websocket-option-invalid"]

import data.natslint.lib.given
import data.natslint.lib.listens
import data.natslint.lib.none

violations contains {
	"at": ["servers", i, "misshapen", j],
	"facts": {"text": one.text, "fault": one.fault},
} if {
	some i in _open
	some j, one in input.model.servers[i].misshapen
	one.shape == "origin"
}

violations contains {
	"at": ["servers", i, "config", "websocket", "jwt_cookie"],
	"case": "cookie",
	"facts": {"cookie": cookie},
} if {
	some i in _open
	config := input.model.servers[i].config
	cookie := config.websocket.jwt_cookie
	given(cookie)
	none(config.operator)
	none(config.trusted_keys)
}

violations contains {
	"at": ["servers", i, "config", "websocket", "headers", header],
	"case": "header",
	"facts": {"header": header},
} if {
	some i in _open
	some header, _ in input.model.servers[i].config.websocket.headers
	regex.match(`^(?i)(host|content-length|connection|upgrade|nats-no-masking|sec-websocket-.*)$`, header)
}

_open contains i if {
	some i, server in input.model.servers
	listens(server.config.websocket.port)
}
