# A password that the chart makes anew at each rendering is never the same twice.
package natslint.rules["generated-password-hazard"]

violations contains {
	"at": ["servers", i, "config", "cluster", "authorization", "password"],
	"facts": {"whose": "the routes"},
} if {
	some i, server in input.model.servers
	server.config.cluster.authorization.password.form == "generated"
}

violations contains {
	"at": ["servers", i, "config", "authorization", "password"],
	"facts": {"whose": "the clients"},
} if {
	some i, server in input.model.servers
	server.config.authorization.password.form == "generated"
}

violations contains {
	"at": ["servers", i, "config", "authorization", "users", j, "password"],
	"facts": {"whose": "the clients"},
} if {
	some i, server in input.model.servers
	some j, user in server.config.authorization.users
	user.password.form == "generated"
}
