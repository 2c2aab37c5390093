# Without its values a release is refused, or becomes what the chart would have it.
package natslint.rules["gitops-value-file-missing"]

violations contains {
	"at": ["installations", i, "missing", j, "path"],
	"case": _case[file.ignored],
	"facts": {"path": file.path},
} if {
	some i, one in input.model.installations
	some j, file in one.missing
}

_case := {false: "default", true: "ignored"}
