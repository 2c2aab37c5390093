# A claim that is deleted takes its volume with it, unless the volume is told to stay.
package natslint.rules["gitops-pvc-prune"]

violations contains {
	"at": ["repository", "removed", i, "by"],
	"facts": {"names": one.names, "by": one.by},
} if {
	some i, one in input.model.repository.removed
	one.kind == "claim"
}
