# Whoever reads the repository, or once did, has the secret. The key of JetStream's files has a rule of its own.
package natslint.rules["plaintext-password-in-git"]

violations contains {
	"at": ["servers", i, "credentials", j],
	"on": "value",
	"facts": {"whose": one.whose, "what": one.what},
} if {
	some i, server in input.model.servers
	some j, one in server.credentials
	one.means == "written"
	one.whose != "JetStream"
	is_null(one.guess)
}
