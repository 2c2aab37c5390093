# What servers that are joined do together is what the oldest of them can.
package natslint.rules["image-mixed-versions"]

violations contains {
	"at": ["repository", "versions", i, "version"],
	"case": _case[one.link],
	"facts": {"version": one.version, "theirs": one.theirs, "other": one.other},
	"related": [{"at": ["repository", "versions", i, "other"]}],
} if some i, one in input.model.repository.versions

_case := {"gateway": "default", "route": "route"}
