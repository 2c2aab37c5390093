# What a manual prints is known to everybody.
package natslint.rules["default-password"]

violations contains {
	"at": ["servers", i, "credentials", j],
	"on": "value",
	"case": _case(server.authentication.exposed),
	"facts": {"whose": one.whose, "what": one.what},
} if {
	some i, server in input.model.servers
	some j, one in server.credentials
	one.guess == "sample"
}

_case(exposed) := "exposed" if exposed == true

_case(exposed) := "default" if exposed == false
