# The example of a backup in the chart's README has limits that are good for an example.
package natslint.rules["stan-backup-sample-limits"]

import data.natslint.lib.at_least
import data.natslint.lib.at_most

violations contains {
	"at": ["servers", i, "streaming", "store_limits", "max_msgs"],
	"facts": {"count": most},
} if {
	some i, server in input.model.servers
	is_object(server.backup)
	most := server.streaming.store_limits.max_msgs
	at_least(most, 1)
	at_most(most, 10)
}
