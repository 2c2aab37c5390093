# Kubernetes takes a change to most fields of a StatefulSet only with the StatefulSet itself.
package natslint.rules["statefulset-immutable-change"]

import data.natslint.lib.size

violations contains {
	"at": ["servers", i, "workload", field],
	"facts": {"field": field, "was": _written(was, default_), "now": _written(now, default_)},
} if {
	some i, server in input.model.servers
	old := input.base.servers[i]
	_same(server.workload.kind, old.workload.kind, server.workload.name, old.workload.name)
	some field, default_ in {"serviceName": "", "podManagementPolicy": "OrderedReady"}
	now := server.workload[field]
	was := old.workload[field]
	_written(now, default_) != _written(was, default_)
}

violations contains {
	"at": ["servers", i, "workload", "volumeClaimTemplates", j, field],
	"case": "claim",
	"facts": {"claim": claim.name, "field": field, "was": _value(field, was), "now": _value(field, now)},
} if {
	some i, server in input.model.servers
	old := input.base.servers[i]
	_same(server.workload.kind, old.workload.kind, server.workload.name, old.workload.name)
	some j, claim in server.workload.volumeClaimTemplates
	some template in old.workload.volumeClaimTemplates
	template.name == claim.name
	some field in ["storage", "storageClassName", "accessModes"]
	now := claim[field]
	was := template[field]
	now != was
}

violations contains {
	"at": ["servers", i, "workload", "volumeClaimTemplates"],
	"case": "claims",
	"facts": {"was": _list(was), "now": _list(now)},
} if {
	some i, server in input.model.servers
	old := input.base.servers[i]
	_same(server.workload.kind, old.workload.kind, server.workload.name, old.workload.name)
	now := _names(server.workload.volumeClaimTemplates)
	was := _names(old.workload.volumeClaimTemplates)
	now != was
}

# One that has another name is another one, whose fields are its own.
_same(kind, was, name, named) if {
	kind == "StatefulSet"
	was == "StatefulSet"
	is_string(name)
	name == named
}

_written(value, _) := value if is_string(value)

_written(value, default_) := default_ if is_null(value)

_names(claims) := names if {
	is_array(claims)
	names := [name | some claim in claims; name := claim.name]
	count(names) == count(claims)
}

_list(names) := "none" if count(names) == 0

_list(names) := concat(", ", names) if count(names) != 0

_value(_, value) := "nothing" if is_null(value)

_value(_, value) := value if is_string(value)

_value(_, value) := concat(", ", value) if is_array(value)

_value(field, value) := size(value) if {
	is_number(value)
	field == "storage"
}
