# What goes to a database unencrypted is read by whoever is in between, the password first.
package natslint.rules["sslmode-disable"]

violations contains {
	"at": ["servers", i, "database", "mode"],
	"facts": {},
} if {
	some i, server in input.model.servers
	server.database.mode in ["disable", "false"]
	server.database.local == false
}
