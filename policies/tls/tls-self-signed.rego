# A certificate that nobody vouches for makes clients stop asking.
package natslint.rules["tls-self-signed"]

violations contains {
	"at": ["servers", i, "issued", j, "selfSigned"],
	"on": "value",
	"case": _cases[one.kind],
	"facts": {"listeners": sort(roles)},
} if {
	some i, server in input.model.servers
	some j, one in server.issued
	one.selfSigned == true
	roles := [role | some role in one.roles; role != "outgoing"]
	roles != []
}

_cases := {"Certificate": "default", "Secret": "made"}
