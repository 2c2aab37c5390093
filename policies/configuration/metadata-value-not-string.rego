# Labels, annotations and variables are texts, and YAML makes something else of what looks like it.
package natslint.rules["metadata-value-not-string"]

violations contains {
	"at": ["servers", i, "nonTexts", j],
	"on": "value",
	"case": _cases[one.is],
	"facts": {"where": one.where, "key": one.key, "is": one.is},
} if {
	some i, server in input.model.servers
	some j, one in server.nonTexts
}

_cases := {"number": "default", "boolean": "default", "comma": "comma"}
