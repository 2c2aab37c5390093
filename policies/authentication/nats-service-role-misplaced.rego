# The operator makes a token for a role that names its cluster, in the cluster's own namespace.
package natslint.rules["nats-service-role-misplaced"]

import data.natslint.lib.given
import data.natslint.lib.unset

violations contains {
	"at": ["serviceRoles", i, "cluster"],
	"facts": {"name": role.name},
} if {
	some i, role in input.model.serviceRoles
	is_string(role.name)
	unset(role.cluster)
}

violations contains {
	"at": ["serviceRoles", i, "cluster"],
	"case": "near",
	"facts": {"cluster": role.cluster, "near": role.near},
	"fix": {"set": role.near},
} if {
	some i, role in input.model.serviceRoles
	given(role.cluster)
	given(role.near)
}

violations contains {
	"at": ["serviceRoles", i, "cluster"],
	"case": "namespace",
	"facts": {"cluster": role.cluster, "namespace": role.namespace},
} if {
	some i, role in input.model.serviceRoles
	given(role.cluster)
	is_null(role.near)
	given(role.namespace)
}
