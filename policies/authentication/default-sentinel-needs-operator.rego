# A sentinel is a user of an operator's account.
package natslint.rules["default-sentinel-needs-operator"]

import data.natslint.lib.given
import data.natslint.lib.none

violations contains {
	"at": ["servers", i, "config", "default_sentinel"],
	"facts": {},
} if {
	some i, server in input.model.servers
	given(server.config.default_sentinel)
	none(server.config.operator)
}
