# The global account is the server's own.
package natslint.rules["account-name-reserved"]

violations contains {
	"at": ["servers", i, "config", "accounts", "$G"],
	"facts": {},
} if {
	some i, server in input.model.servers
	some name, _ in server.config.accounts
	name == "$G"
}
