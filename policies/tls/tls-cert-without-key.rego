# A certificate proves something only with its key.
package natslint.rules["tls-cert-without-key"]

import data.natslint.lib.given
import data.natslint.lib.tls_blocks
import data.natslint.lib.unset

violations contains {
	"at": array.concat(["servers", i, "config"], array.concat(path, ["cert_file"])),
	"facts": {},
} if {
	some [i, path, block] in tls_blocks
	given(block.cert_file)
	unset(block.key_file)
	is_null(block.cert_store)
}

violations contains {
	"at": array.concat(["servers", i, "config"], array.concat(path, ["key_file"])),
	"case": "certificate",
	"facts": {},
} if {
	some [i, path, block] in tls_blocks
	given(block.key_file)
	unset(block.cert_file)
	is_null(block.cert_store)
	is_null(block.certs)
}
