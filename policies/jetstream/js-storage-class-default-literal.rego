# Kubernetes has no class of that meaning: a claim without a class gets the default one.
package natslint.rules["js-storage-class-default-literal"]

violations contains {
	"at": ["servers", i, "workload", "volumeClaimTemplates", j, "storageClassName"],
	"case": _case,
	"facts": {},
} if {
	some i in _strange
	some j, claim in input.model.servers[i].workload.volumeClaimTemplates
	claim.storageClassName == "default"
}

violations contains {
	"at": ["servers", i, "container", "volumeMounts", j, "volume", "storageClassName"],
	"case": _case,
	"facts": {},
} if {
	some i in _strange
	some j, mount in input.model.servers[i].container.volumeMounts
	mount.volume.source == "persistentVolumeClaim"
	mount.volume.storageClassName == "default"
}

# The servers with no such class in sight, in a cluster that is not known to have it.
_strange contains i if {
	some i, server in input.model.servers
	classes := server.storageClasses
	not "default" in classes
	not "default" in _cluster
}

_cluster contains one.name if some one in input.cluster.storageClasses

_case := "known" if is_array(input.cluster.storageClasses)

_case := "default" if [classes | classes := input.cluster.storageClasses] == []
