# A certificate that is never renewed ends one night; one that lives for decades is never renewed either.
package natslint.rules["cert-lifetime"]

import data.natslint.lib.at_least
import data.natslint.lib.at_most
import data.natslint.lib.greater

violations contains {
	"at": ["servers", i, "issued", j, "renewBefore"],
	"facts": {},
} if {
	some i, server in input.model.servers
	some j, one in server.issued
	at_least(one.renewBefore, _duration(one.duration))
	one.misspelled == []
}

violations contains {
	"at": ["servers", i, "issued", j, "duration"],
	"case": _case(days),
	"facts": {"days": days},
} if {
	some i, server in input.model.servers
	some j, one in server.issued
	one.isCA in [null, false]
	days := round(one.duration / 86400)
}

violations contains {
	"at": ["servers", i, "issued", j, key],
	"case": "misspelled",
	"facts": {"key": key},
} if {
	some i, server in input.model.servers
	some j, one in server.issued
	some key in one.misspelled
}

# cert-manager's own is 90 days.
_duration(given) := given if is_number(given)

_duration(given) := 7776000 if is_null(given)

_case(days) := "long" if greater(days, 825)

_case(days) := "year" if {
	greater(days, 398)
	at_most(days, 825)
}
