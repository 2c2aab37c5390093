# The operator hands over no address of a database: it comes by a configuration, and that by a volume.
package natslint.rules["stan-sql-credentials-not-mounted"]

import data.natslint.lib.given
import data.natslint.lib.unset

violations contains {
	"at": ["servers", i, "resource", "store"],
	"facts": {},
} if {
	some i in _databases
	server := input.model.servers[i]
	unset(server.resource.configFile)
	is_null(server.database)
}

violations contains {
	"at": ["servers", i, "files", j, "path"],
	"case": "unmounted",
	"facts": {"path": file.path},
} if {
	some i in _databases
	some j, file in input.model.servers[i].files
	file.key == "configFile"
	file.mounted == false
}

violations contains {
	"at": ["servers", i, "files", j, "path"],
	"case": "missing",
	"facts": {"secret": file.secret, "entry": file.entry},
} if {
	some i in _databases
	some j, file in input.model.servers[i].files
	file.key == "configFile"
	file.present == false
	given(file.secret)
	given(file.entry)
}

_databases contains i if {
	some i, server in input.model.servers
	server.resource.kind == "NatsStreamingCluster"
	server.resource.store == "SQL"
}
