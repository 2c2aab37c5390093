# A pod finds what is in its own namespace alone.
package natslint.rules["gitops-namespace-mismatch"]

violations contains {
	"at": ["repository", "elsewhere", i, "name"],
	"facts": {"kind": one.kind, "name": one.name, "namespace": one.namespace, "other": one.other},
	"related": [{"at": ["repository", "elsewhere", i, "other"]}],
} if some i, one in input.model.repository.elsewhere
