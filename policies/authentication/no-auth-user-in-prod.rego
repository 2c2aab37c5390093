# Whoever reaches the port is somebody. A name that is not there is another rule's affair.
package natslint.rules["no-auth-user-in-prod"]

violations contains {
	"at": ["servers", i, "config", "no_auth_user"],
	"facts": {"name": name},
} if {
	some i, server in input.model.servers
	name := server.config.no_auth_user
	name in {user.name | some user in server.users}
}

violations contains {
	"at": ["servers", i, "config", listener, "no_auth_user"],
	"facts": {"name": name},
} if {
	some i, server in input.model.servers
	some listener in ["websocket", "mqtt"]
	name := server.config[listener].no_auth_user
	name in {user.name | some user in server.users}
}
