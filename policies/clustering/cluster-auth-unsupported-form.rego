# Servers know each other by one user and password.
package natslint.rules["cluster-auth-unsupported-form"]

violations contains {
	"at": ["servers", i, "config", block, "authorization", "users"],
	"facts": {"block": block},
} if {
	some [i, block, authorization] in _authorizations
	is_array(authorization.users)
}

violations contains {
	"at": ["servers", i, "config", block, "authorization", "token"],
	"case": "token",
	"facts": {"block": block},
} if {
	some [i, block, authorization] in _authorizations
	form := authorization.token.form
	form != "empty"
	is_null(authorization.users)
}

violations contains {
	"at": ["servers", i, "config", block, "authorization", "auth_callout"],
	"case": "callout",
	"facts": {"block": block},
} if {
	some [i, block, authorization] in _authorizations
	is_object(authorization.auth_callout)
}

_authorizations contains [i, "cluster", server.config.cluster.authorization] if some i, server in input.model.servers

_authorizations contains [i, "gateway", server.config.gateway.authorization] if some i, server in input.model.servers
