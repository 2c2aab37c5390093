# Shares of a whole, and what the wildcards become.
package natslint.rules["mapping-invalid"]

import data.natslint.lib.greater
import data.natslint.lib.less

violations contains {
	"at": array.concat(at, [subject]),
	"facts": {"subject": subject, "sum": sum(weights)},
} if {
	some [at, subject, destinations] in _mappings
	some cluster in {_named(one.cluster) | some one in destinations}
	weights := [one.weight | some one in destinations; _named(one.cluster) == cluster]
	greater(sum(weights), 100)
	count([1 | some weight in weights; greater(weight, 100)]) == 0
}

violations contains {
	"at": array.concat(at, [subject, k, "weight"]),
	"case": "weight",
	"facts": {"weight": one.weight},
} if {
	some [at, subject, destinations] in _mappings
	some k, one in destinations
	_outside(one.weight)
}

violations contains {
	"at": array.concat(at, [subject, k, "dest"]),
	"case": "duplicate",
	"facts": {"subject": subject, "dest": one.dest},
} if {
	some [at, subject, destinations] in _mappings
	some k, one in destinations
	is_string(one.dest)
	less(min({j | some j, other in destinations; other.dest == one.dest}), k)
}

violations contains {
	"at": array.concat(at, [subject, k, "dest"]),
	"case": "destination",
	"facts": {"subject": subject, "dest": one.dest},
} if {
	some [at, subject, destinations] in _mappings
	some k, one in destinations
	_impossible(subject, one.dest)
}

_mappings contains [["servers", i, "config", "mappings"], subject, destinations] if {
	some i, server in input.model.servers
	some subject, destinations in server.config.mappings
}

_mappings contains [["servers", i, "config", "accounts", account, "mappings"], subject, destinations] if {
	some i, server in input.model.servers
	some account, block in server.config.accounts
	some subject, destinations in block.mappings
}

_named(cluster) := "" if is_null(cluster)

_named(cluster) := cluster if is_string(cluster)

_outside(weight) if less(weight, 0)

_outside(weight) if greater(weight, 100)

# Functions such as {{partition(3, 1)}} hold more than can be told here.
_impossible(_, dest) if {
	not contains(dest, "{{")
	some token in split(dest, ".")
	token in {"", "*"}
}

_impossible(_, dest) if {
	not contains(dest, "{{")
	regex.match(`\s|(^|\.)>\.`, dest)
}

_impossible(subject, dest) if endswith(subject, ">") != endswith(dest, ">")

_impossible(subject, dest) if {
	not contains(dest, "{{")
	some token in split(dest, ".")
	regex.match(`^\$[0-9]{1,3}$`, token)
	greater(to_number(substring(token, 1, -1)), count([1 | some part in split(subject, "."); part == "*"]))
}

_impossible(subject, dest) if {
	some found in regex.find_all_string_submatch_n(`(?i)\{\{\s*wildcard\s*\(\s*([0-9]{1,3})\s*\)\s*\}\}`, dest, -1)
	greater(to_number(found[1]), count([1 | some part in split(subject, "."); part == "*"]))
}
