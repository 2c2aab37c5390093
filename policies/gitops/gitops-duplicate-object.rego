# Of two objects of one name the cluster keeps one.
package natslint.rules["gitops-duplicate-object"]

violations contains {
	"at": ["repository", "duplicates", i, "name"],
	"facts": {"kind": one.kind, "name": one.name, "other": one.other},
	"related": [{"at": ["repository", "duplicates", i, "other"]}],
} if some i, one in input.model.repository.duplicates
