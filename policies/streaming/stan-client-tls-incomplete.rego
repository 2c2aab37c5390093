# Three files make the connection to NATS an encrypted one, and the chart has them out of one Secret.
package natslint.rules["stan-client-tls-incomplete"]

import data.natslint.lib.given
import data.natslint.lib.less

violations contains {
	"at": ["servers", i, "unread", j, "value"],
	"facts": {},
} if {
	some i, server in input.model.servers
	some j, one in server.unread
	one.because == "no Secret"
}

violations contains {
	"at": ["servers", i, "files", j, "path"],
	"case": "unmounted",
	"facts": {"path": file.path},
} if {
	some [i, j] in _files
	file := input.model.servers[i].files[j]
	file.mounted == false
	before := {k | some k in _passed[i]; less(k, j)}
	count(before) == j
}

violations contains {
	"at": ["servers", i, "files", j, "path"],
	"case": "missing",
	"facts": {"secret": file.secret, "entry": file.entry},
} if {
	some [i, j] in _files
	file := input.model.servers[i].files[j]
	file.present == false
	given(file.secret)
	given(file.entry)
}

# Where one is missing all are, and the mount is what is wrong: the first stands for them, where all before it are known.
_passed[i] contains j if {
	some [i, j] in _files
	input.model.servers[i].files[j].mounted == true
}

_passed[i] contains j if {
	some i, server in input.model.servers
	some j, file in server.files
	key := file.key
	not key in _keys
}

_keys := {"client_cert", "client_key", "client_ca"}

_files contains [i, j] if {
	some i, server in input.model.servers
	some j, file in server.files
	file.key in _keys
}
