# What stands in quotes is taken as it stands.
package natslint.rules["conf-variable-quoted"]

violations contains {
	"at": ["servers", i, "lexical", j],
	"on": "value",
	"facts": {"what": entry.role},
} if {
	some i, server in input.model.servers
	some j, entry in server.lexical
	entry.quoted == true
	is_string(entry.variable)
	entry.role in {"password", "user", "token"}
}

# Pods that each should have a name of their own all have this one.
violations contains {
	"at": ["servers", i, "lexical", j],
	"on": "value",
	"facts": {"what": entry.key},
} if {
	some i, server in input.model.servers
	some j, entry in server.lexical
	entry.quoted == true
	is_string(entry.variable)
	entry.role == "name"
}
