# Each replica is kept by a server of its own.
package natslint.rules["stream-replicas-over-cluster"]

violations contains {
	"at": ["repository", "replicas", i, "replicas"],
	"case": _case[one.clustered],
	"facts": {"what": one.what, "name": one.name, "replicas": one.replicas, "servers": one.servers, "cluster": one.cluster},
	"related": [{"at": ["repository", "replicas", i, "servers"]}],
} if {
	some i, one in input.model.repository.replicas
	is_string(one.name)
	is_number(one.replicas)
	is_number(one.servers)
}

_case := {true: "default", false: "single"}
