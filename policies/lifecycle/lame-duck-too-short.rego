# Clients are to leave one after the other.
package natslint.rules["lame-duck-too-short"]

import data.natslint.lib.less

violations contains {
	"at": ["servers", i, "config", "lame_duck_duration"],
	"facts": {"seconds": seconds},
	"fix": {"set": "30s"},
} if {
	some i, server in input.model.servers
	seconds := server.config.lame_duck_duration
	less(seconds, 30)
}
