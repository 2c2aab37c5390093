# A file of credentials is one key of a Secret: without the key there is a folder, and no file.
package natslint.rules["stan-credentials-incomplete"]

import data.natslint.lib.given

violations contains {
	"at": ["servers", i, "files", j, "path"],
	"facts": {},
} if {
	some [i, j] in _credentials
	file := input.model.servers[i].files[j]
	file.folder == true
}

violations contains {
	"at": ["servers", i, "files", j, "path"],
	"case": "missing",
	"facts": {"secret": file.secret, "entry": file.entry},
} if {
	some [i, j] in _credentials
	file := input.model.servers[i].files[j]
	file.folder == false
	file.present == false
	given(file.secret)
	given(file.entry)
}

violations contains {
	"at": ["servers", i, "files", j, "path"],
	"case": "unmounted",
	"facts": {},
} if {
	some [i, j] in _credentials
	file := input.model.servers[i].files[j]
	file.folder == false
	file.mounted == false
}

_credentials contains [i, j] if {
	some i, server in input.model.servers
	some j, file in server.files
	file.key in {"credentials", "nkey_seed_file", "leafnode credentials"}
}
