# A default domain is for accounts that have no JetStream here.
package natslint.rules["js-default-domain-invalid"]

import data.natslint.lib.account_names
import data.natslint.lib.none
import data.natslint.lib.unset

violations contains {
	"at": ["servers", i, "config", "default_js_domain", account],
	"facts": {"account": account},
} if {
	some [i, account, _] in _defaults
	names := account_names(input.model.servers[i].config.accounts)
	not account in names
	not account in ["$G", "$SYS"]
}

violations contains {
	"at": ["servers", i, "config", "default_js_domain", account],
	"case": "system",
	"facts": {"account": account},
} if {
	some [i, account, _] in _defaults
	_is_system(account, input.model.servers[i].config.system_account)
}

violations contains {
	"at": ["servers", i, "config", "default_js_domain", account],
	"case": "enabled",
	"facts": {"account": account},
} if {
	some [i, account, domain] in _defaults
	domain != ""
	input.model.servers[i].config.accounts[account].jetstream == true
}

violations contains {
	"at": ["servers", i, "config", "default_js_domain", account],
	"case": "domain",
	"facts": {"domain": domain},
} if {
	some [i, account, domain] in _defaults
	regex.match(`\s|^\.|\.\.|\.$`, domain)
}

_defaults contains [i, account, domain] if {
	some i, server in input.model.servers
	none(server.config.operator)
	some account, domain in server.config.default_js_domain
}

_is_system(account, named) if account == named

_is_system("$SYS", named) if unset(named)
