# What two set up is as the last of them left it.
package natslint.rules["nack-dual-management"]

violations contains {
	"at": ["repository", "managed", i, "name"],
	"facts": {"what": one.what, "name": one.name, "other": one.other},
	"related": [{"at": ["repository", "managed", i, "other"]}],
} if some i, one in input.model.repository.managed
