# An unquoted credential that begins like a number is read as one, or as nothing at all.
package natslint.rules["password-leading-digit"]

import data.natslint.lib.words

violations contains {
	"at": ["servers", i, "lexical", j],
	"on": "value",
	"case": _case(entry.same, entry.reads, entry.refused),
	"facts": {"key": entry.key, "reads": words(entry.reads), "refused": entry.refused},
} if {
	some i, server in input.model.servers
	some j, entry in server.lexical
	entry.role in {"password", "user", "token"}
	entry.from != "yaml"
	entry.leading in {"digit", "sign"}
}

# Read as written by all that may run: one more character breaks it.
_case(same, _, _) := "fragile" if same == true

_case(same, reads, refused) := "refused" if {
	same == false
	reads == "error"
	refused != "all"
}

_case(same, reads, refused) := "broken" if {
	same == false
	reads == "error"
	refused == "all"
}

_case(same, reads, _) := "default" if {
	same == false
	reads != "error"
}
