# Claims are called after their StatefulSet, and stand in its namespace: another one finds none of them.
package natslint.rules["gitops-release-rename"]

violations contains {
	"at": ["servers", i, "workload", "name"],
	"facts": {"was": was, "now": now, "claims": concat(", ", claims)},
} if {
	some [i, claims] in _stateful
	now := input.model.servers[i].workload.name
	was := input.base.servers[i].workload.name
	is_string(now)
	is_string(was)
	now != was
}

violations contains {
	"at": ["servers", i, "scope", "namespace"],
	"case": "namespace",
	"facts": {"was": was, "now": now, "claims": concat(", ", claims)},
} if {
	some [i, claims] in _stateful
	now := input.model.servers[i].scope.namespace
	was := input.base.servers[i].scope.namespace
	is_string(now)
	is_string(was)
	now != was
	input.model.servers[i].workload.name == input.base.servers[i].workload.name
}

_stateful contains [i, claims] if {
	some i, server in input.model.servers
	old := input.base.servers[i]
	server.workload.kind == "StatefulSet"
	old.workload.kind == "StatefulSet"
	server.kind == old.kind
	claims := [name | some claim in old.workload.volumeClaimTemplates; name := claim.name; is_string(name)]
	claims != []
	server.workload.volumeClaimTemplates != []
}
