# The number of replicas counts only in a cluster; without one a single server runs.
package natslint.rules["replicas-ignored-when-not-clustered"]

import data.natslint.lib.greater

violations contains {
	"at": ["servers", i, "unread", j, "value"],
	"case": _case(one.isDefault),
	"facts": {"key": one.key, "replicas": n, "effective": one.effective},
	"fix": {"at": ["servers", i, "unread", j], "remove": true},
} if {
	some i, server in input.model.servers
	some j, one in server.unread
	one.because == "not clustered"
	endswith(one.key, "cluster.replicas")
	n := _number(one.value)
	greater(n, 1)
	greater(n, one.effective)
}

# A template's text of digits is a number too.
_number(value) := value if is_number(value)

_number(value) := to_number(value) if {
	is_string(value)
	regex.match(`^[0-9]{1,9}$`, value)
}

# The chart's own number is what a copied file of defaults has.
_case(isDefault) := "copied" if isDefault == true

_case(isDefault) := "default" if isDefault == false
