# Without an operator the accounts of the configuration are all there are.
package natslint.rules["system-account-undefined"]

import data.natslint.lib.account_names
import data.natslint.lib.given
import data.natslint.lib.none

violations contains {
	"at": ["servers", i, "config", "system_account"],
	"facts": {"name": name},
} if {
	some [i, name, names] in _absent
	{other | some other in names; lower(other) == lower(name)} == set()
}

violations contains {
	"at": ["servers", i, "config", "system_account"],
	"case": "other-case",
	"facts": {"name": name, "other": other},
	"fix": {"set": other},
} if {
	some [i, name, names] in _absent
	other := min({other | some other in names; lower(other) == lower(name)})
}

_absent contains [i, name, names] if {
	some i, server in input.model.servers
	name := server.config.system_account
	given(name)
	none(server.config.operator)
	is_null(server.resolver)
	names := account_names(server.config.accounts)
	not name in names
}
