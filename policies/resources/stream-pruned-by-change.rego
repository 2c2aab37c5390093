# Deleting the resource of a stream deletes the stream, and all that is in it.
package natslint.rules["stream-pruned-by-change"]

violations contains {
	"at": ["repository", "removed", i, "by"],
	"facts": {"names": one.names, "by": one.by},
} if {
	some i, one in input.model.repository.removed
	one.kind == "stream"
}
