# Numbers of values files are floating-point numbers, and a text template prints large ones with an exponent.
package natslint.rules["helm-large-int-scientific"]

violations contains {
	"at": ["servers", i, "lexical", j],
	"on": "value",
	"facts": {"key": entry.key, "printed": entry.number},
} if {
	some i, server in input.model.servers
	some j, entry in server.lexical
	regex.match(`e[-+][0-9]+$`, entry.number)
}
