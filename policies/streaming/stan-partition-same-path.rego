# A store has one server that writes it.
package natslint.rules["stan-partition-same-path"]

violations contains {
	"at": ["repository", "partitionPaths", i, "path"],
	"case": _case[one.how][one.locked],
	"facts": {"path": one.path, "theirs": one.theirs, "other": one.other, "claim": one.claim},
	"related": [{"at": ["repository", "partitionPaths", i, "other"]}],
} if some i, one in input.model.repository.partitionPaths

_case := {
	"same": {true: "default", false: "unlocked"},
	"nested": {true: "nested", false: "nested"},
}
