# An API that Kubernetes no longer serves takes no objects.
package natslint.rules["k8s-removed-api"]

violations contains {
	"at": ["servers", i, "previews", j, "apiVersion"],
	"facts": {"api": one.apiVersion, "kind": one.kind, "since": _removed[one.apiVersion][one.kind]},
} if {
	some i, server in input.model.servers
	some j, one in server.previews
}

# By API version and kind, the Kubernetes version that was the first without.
_removed := {
	"apps/v1beta1": {"Deployment": "1.16", "StatefulSet": "1.16"},
	"apps/v1beta2": {"DaemonSet": "1.16", "Deployment": "1.16", "ReplicaSet": "1.16", "StatefulSet": "1.16"},
	"extensions/v1beta1": {
		"DaemonSet": "1.16",
		"Deployment": "1.16",
		"Ingress": "1.22",
		"NetworkPolicy": "1.16",
		"PodSecurityPolicy": "1.16",
		"ReplicaSet": "1.16",
	},
	"policy/v1beta1": {"PodDisruptionBudget": "1.25", "PodSecurityPolicy": "1.25"},
	"networking.k8s.io/v1beta1": {"Ingress": "1.22", "IngressClass": "1.22"},
	"rbac.authorization.k8s.io/v1beta1": {
		"ClusterRole": "1.22",
		"ClusterRoleBinding": "1.22",
		"Role": "1.22",
		"RoleBinding": "1.22",
	},
	"apiextensions.k8s.io/v1beta1": {"CustomResourceDefinition": "1.22"},
	"autoscaling/v2beta1": {"HorizontalPodAutoscaler": "1.25"},
	"autoscaling/v2beta2": {"HorizontalPodAutoscaler": "1.26"},
	"batch/v1beta1": {"CronJob": "1.25"},
	"scheduling.k8s.io/v1beta1": {"PriorityClass": "1.22"},
	"storage.k8s.io/v1beta1": {"StorageClass": "1.22"},
}
