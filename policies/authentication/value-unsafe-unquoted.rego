# Without quotes the server reads something else than what stands there.
package natslint.rules["value-unsafe-unquoted"]

import data.natslint.lib.words

violations contains {
	"at": ["servers", i, "lexical", j],
	"on": "value",
	"facts": {"key": entry.key, "reads": words(entry.reads)},
} if {
	some i, server in input.model.servers
	some j, entry in server.lexical
	entry.same == false
	entry.from != "yaml"
	is_null(entry.bcrypt)
	_elsewhere(entry.role, entry.leading) == false
}

# Credentials that begin like a number are the concern of password-leading-digit.
_elsewhere(role, leading) if {
	role in {"password", "user", "token"}
	leading in {"digit", "sign"}
}

_elsewhere(role, leading) := false if {
	role in {"password", "user", "token"}
	leading in {"dollar", "other"}
}

_elsewhere(role, _) := false if role in {"url", "name", "path", "other"}
