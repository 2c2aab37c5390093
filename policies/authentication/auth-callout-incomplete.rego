# The server has to know who answers, and whose signature counts.
package natslint.rules["auth-callout-incomplete"]

import data.natslint.lib.none

violations contains {
	"at": ["servers", i, "config", "authorization", "auth_callout", "issuer"],
	"facts": {},
} if {
	some i, server in input.model.servers
	is_null(server.config.authorization.auth_callout.issuer)
}

violations contains {
	"at": ["servers", i, "config", "authorization", "auth_callout", "auth_users"],
	"case": "users",
	"facts": {},
} if {
	some i, server in input.model.servers
	none(server.config.authorization.auth_callout.auth_users)
}
