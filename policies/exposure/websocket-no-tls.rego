# Websocket is for browsers, and they are out there.
package natslint.rules["websocket-no-tls"]

import data.natslint.lib.listens

violations contains {
	"at": ["servers", i, "config", "websocket", "no_tls"],
	"facts": {},
} if {
	some i, server in input.model.servers
	listens(server.config.websocket.port)
	is_null(server.config.websocket.tls)
	server.config.websocket.no_tls in [null, false]
}
