# What a Secret holds is read as configuration, not as text.
package natslint.rules["env-secret-digit-unknown"]

violations contains {
	"at": ["servers", i, "variables", j],
	"on": "value",
	"facts": {"variable": entry.name, "key": entry.key},
} if {
	some i, server in input.model.servers
	some j, entry in server.variables
	entry.role in {"password", "token"}
	entry.from == "secret"

	# A hash begins with its kind, between dollars.
	regex.match(`(?i)bcrypt|hash`, entry.name) == false
}
