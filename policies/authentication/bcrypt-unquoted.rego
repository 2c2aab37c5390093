# A dollar without quotes begins a variable; of bcrypt hashes only `$2a$` is an exception.
package natslint.rules["bcrypt-unquoted"]

violations contains {
	"at": ["servers", i, "lexical", j],
	"on": "value",
	"facts": {"key": entry.key, "prefix": entry.bcrypt},
} if {
	some i, server in input.model.servers
	some j, entry in server.lexical
	entry.quoted == false
	entry.bcrypt in {"2b", "2x", "2y"}
}
