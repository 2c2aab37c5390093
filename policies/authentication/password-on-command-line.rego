# Arguments are shown by everything that lists processes, releases and applications.
package natslint.rules["password-on-command-line"]

violations contains {
	"at": ["servers", i, "credentials", j],
	"on": "value",
	"case": _cases[one.means],
	"facts": {"whose": one.whose, "what": one.what},
} if {
	some i, server in input.model.servers
	some j, one in server.credentials
	is_null(one.guess)
}

_cases := {"flag": "default", "variable of a flag": "variable", "parameter": "parameter"}
