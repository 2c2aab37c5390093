# Kubernetes has quantities with a fraction, nats.conf has not.
package natslint.rules["js-unit-decimal"]

violations contains {
	"at": ["servers", i, "lexical", j],
	"on": "value",
	"facts": {"key": entry.key, "size": entry.number},
} if {
	some i, server in input.model.servers
	some j, entry in server.lexical
	regex.match(`^[0-9]+\.[0-9]+[a-zA-Z]+$`, entry.number)
}
