# A backup that nobody may write is believed in until it is needed.
package natslint.rules["stan-backup-incomplete"]

import data.natslint.lib.given
import data.natslint.lib.unset

violations contains {
	"at": ["servers", i, "backup", "s3Path"],
	"facts": {},
} if {
	some i, server in input.model.servers
	is_object(server.backup)
	unset(server.backup.s3Path)
}

violations contains {
	"at": ["servers", i, "backup", "s3Path"],
	"case": "scheme",
	"facts": {"path": path},
} if {
	some i, server in input.model.servers
	path := server.backup.s3Path
	given(path)
	not regex.match(`^s3://|\$`, path)
}

violations contains {
	"at": ["servers", i, "backup", "s3Path"],
	"case": "credentials",
	"facts": {},
} if {
	some i, server in input.model.servers
	given(server.backup.s3Path)
	unset(server.backup.secret)
	server.backup.role == false
}

violations contains {
	"at": ["servers", i, "backup", "secret"],
	"case": "missing",
	"facts": {"secret": server.backup.secret, "key": key},
} if {
	some i, server in input.model.servers
	key := server.backup.missing
	given(key)
	given(server.backup.secret)
}
