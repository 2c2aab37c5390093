# The grace period is the beginning of lame duck mode.
package natslint.rules["lame-duck-grace-invalid"]

import data.natslint.lib.at_least
import data.natslint.lib.less

violations contains {
	"at": ["servers", i, "config", "lame_duck_grace_period"],
	"facts": {"grace": grace, "duration": duration},
	"related": related,
} if {
	some i, server in input.model.servers
	grace := server.config.lame_duck_grace_period
	duration := _seconds(server.config.lame_duck_duration)
	at_least(grace, duration)
	related := [{"at": ["servers", i, "config", "lame_duck_duration"], "case": "duration"} | is_number(server.config.lame_duck_duration)]
}

violations contains {
	"at": ["servers", i, "config", "lame_duck_grace_period"],
	"case": "negative",
	"facts": {},
} if {
	some i, server in input.model.servers
	less(server.config.lame_duck_grace_period, 0)
}

_seconds(duration) := 120 if is_null(duration)

_seconds(duration) := duration if is_number(duration)
