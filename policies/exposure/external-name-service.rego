# The target of an alias is looked up as it stands.
package natslint.rules["external-name-service"]

violations contains {
	"at": ["externalNames", i, "externalName"],
	"case": _case[alias.fault],
	"facts": {"target": alias.externalName},
} if {
	some i, alias in input.model.externalNames
	is_string(alias.fault)
}

_case := {"short": "default", "nowhere": "nowhere"}
