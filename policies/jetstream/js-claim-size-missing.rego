# A key of nats.conf without a value takes the next word for it.
package natslint.rules["js-claim-size-missing"]

violations contains {
	"at": ["servers", i, "lexical", j],
	"on": "key",
	"facts": {},
} if {
	some i, server in input.model.servers
	some j, entry in server.lexical
	entry.key == "max_file"
	entry.number == ""
}
