# Who is who between clusters is told by their names alone.
package natslint.rules["cluster-name-collision"]

violations contains {
	"at": ["repository", "clusterNames", i, "name"],
	"case": _case[one.link],
	"facts": {"name": one.name, "other": one.other},
	"related": [{"at": ["repository", "clusterNames", i, "other"]}],
} if some i, one in input.model.repository.clusterNames

_case := {"gateway": "default", "leafnode": "leafnode"}
