# Clients find a partition by the cluster ID alone.
package natslint.rules["stan-partition-cluster-id"]

violations contains {
	"at": ["repository", "partitionIds", i, "id"],
	"facts": {"id": one.id, "theirs": one.theirs, "other": one.other},
	"related": [{"at": ["repository", "partitionIds", i, "other"]}],
} if some i, one in input.model.repository.partitionIds
