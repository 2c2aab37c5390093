# A cipher that Go itself calls insecure, and leave to use it.
package natslint.rules["tls-weak"]

import data.natslint.lib.tls_blocks

violations contains {
	"at": array.concat(["servers", i, "config"], array.concat(path, ["cipher_suites", j])),
	"facts": {"cipher": cipher},
} if {
	some [i, path, block] in tls_blocks
	block.allow_insecure_cipher_suites == true
	some j, cipher in block.cipher_suites
	regex.match(`^TLS_RSA_|_RC4_|_3DES_|_CBC_SHA256$`, cipher)
}
