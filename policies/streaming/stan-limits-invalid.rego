# Limits are numbers from 0 on, and channels have names.
package natslint.rules["stan-limits-invalid"]

import data.natslint.lib.greater
import data.natslint.lib.less

violations contains {
	"at": ["servers", i, "streaming", "store_limits", key],
	"facts": {"key": key},
} if {
	some i, server in input.model.servers
	some key in ["max_channels", "max_subs", "max_msgs", "max_bytes", "max_age", "max_inactivity"]
	less(server.streaming.store_limits[key], 0)
}

violations contains {
	"at": ["servers", i, "streaming", "store_limits", "max_channels"],
	"case": "channels",
	"facts": {"count": count(names), "most": most},
} if {
	some i, server in input.model.servers
	most := server.streaming.store_limits.max_channels
	greater(most, 0)
	names := [name | some name, _ in server.streaming.store_limits.channels; not regex.match(`[*>]`, name)]
	greater(count(names), most)
}

violations contains {
	"at": ["servers", i, "misshapen", j],
	"case": "name",
	"facts": {"text": one.text, "fault": one.fault},
} if {
	some i, server in input.model.servers
	some j, one in server.misshapen
	one.shape == "channel"
}
