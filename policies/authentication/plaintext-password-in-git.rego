# Whoever reads the repository, or once did, has the secret.
package natslint.rules["plaintext-password-in-git"]

violations contains {
	"at": ["servers", i, "credentials", j],
	"on": "value",
	"facts": {"whose": one.whose, "what": one.what},
} if {
	some i, server in input.model.servers
	some j, one in server.credentials
	one.means == "written"
	is_null(one.guess)
}
