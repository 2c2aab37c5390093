# Files have to be somewhere.
package natslint.rules["stan-file-store-without-dir"]

import data.natslint.lib.unset

violations contains {
	"at": ["servers", i, "streaming", "store"],
	"facts": {},
} if {
	some i, server in input.model.servers
	server.kind == "stan"
	server.streaming.store == "file"
	unset(server.streaming.dir)
}
