# The chart leaves the Ingress out without a word.
package natslint.rules["websocket-ingress-incomplete"]

violations contains {
	"at": ["servers", i, "unread", j, "value"],
	"case": _case[one.because],
	"facts": {},
} if {
	some i, server in input.model.servers
	some j, one in server.unread
	one.key == "config.websocket.ingress.enabled"
}

_case := {"no host": "default", "no service": "service", "no websocket": "websocket"}
