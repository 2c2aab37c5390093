# A key beside what it encrypts is none, and a cipher without a key encrypts nothing.
package natslint.rules["js-encryption-key"]

import data.natslint.lib.given

violations contains {
	"at": ["servers", i, "credentials", j],
	"on": "value",
	"facts": {},
} if {
	some i, server in input.model.servers
	some j, one in server.credentials
	one.whose == "JetStream"
	one.means != "payload"
}

violations contains {
	"at": ["servers", i, "config", "jetstream", "cipher"],
	"case": "unused",
	"facts": {},
} if {
	some i, server in input.model.servers
	given(server.config.jetstream.cipher)
	_without(server.config.jetstream.key)
}

_without(key) if is_null(key)
