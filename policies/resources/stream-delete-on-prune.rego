# Deleting the resource of a stream deletes the stream, and all that is in it.
package natslint.rules["stream-delete-on-prune"]

violations contains {
	"at": ["repository", "pruned", i, "name"],
	"facts": {"kind": one.kind, "name": one.name, "by": one.by},
	"related": [{"at": ["repository", "pruned", i, "by"]}],
} if some i, one in input.model.repository.pruned
