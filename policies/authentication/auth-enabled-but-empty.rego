# A switch that is on, and nobody who could log in: so everybody does.
package natslint.rules["auth-enabled-but-empty"]

violations contains {
	"at": ["servers", i, "unread", j],
	"on": "value",
	"facts": {"key": one.key},
} if {
	some i, server in input.model.servers
	some j, one in server.unread
	one.because == "no credentials"
}
