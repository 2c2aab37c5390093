# Two gateways meet where each knows of the other.
package natslint.rules["gateway-not-listed-back"]

violations contains {
	"at": ["repository", "gateways", i, "name"],
	"case": _case[one.rejects],
	"facts": {"name": one.name, "other": one.other},
	"related": [{"at": ["repository", "gateways", i, "other"]}],
} if some i, one in input.model.repository.gateways

_case := {true: "rejects", false: "default"}
