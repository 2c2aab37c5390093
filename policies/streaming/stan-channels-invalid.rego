# Channels have names, and there are no more than the server takes.
package natslint.rules["stan-channels-invalid"]

import data.natslint.lib.greater

violations contains {
	"at": ["servers", i, "streaming", "store_limits", "max_channels"],
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
