# A parameter is `helm --set`, which decides by the look of a text what it is.
package natslint.rules["gitops-parameter-types"]

violations contains {
	"at": ["installations", i, "parameters", j, "becomes"],
	"facts": {"name": parameter.name, "becomes": parameter.becomes},
} if {
	some i, one in input.model.installations
	some j, parameter in one.parameters
}
