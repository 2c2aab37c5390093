# Who knows a user's name tries it as the password first.
package natslint.rules["password-equals-user"]

violations contains {
	"at": ["servers", i, "credentials", j],
	"on": "value",
	"facts": {"whose": one.whose},
} if {
	some i, server in input.model.servers
	some j, one in server.credentials
	one.guess == "user"
}
