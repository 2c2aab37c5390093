# YAML makes a number or a boolean of it, and the server wants a text.
package natslint.rules["password-yaml-number"]

violations contains {
	"at": ["servers", i, "lexical", j],
	"on": "value",
	"facts": {"key": entry.key, "yaml": entry.yaml},
} if {
	some i, server in input.model.servers
	some j, entry in server.lexical
	entry.from == "yaml"
	entry.role in {"password", "user", "token"}
	entry.yaml in {"number", "boolean"}
}
