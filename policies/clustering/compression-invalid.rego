# The words for compression are checked only when the server starts.
package natslint.rules["compression-invalid"]

import data.natslint.lib.greater
import data.natslint.lib.less

violations contains {
	"at": array.concat(["servers", i, "config"], array.concat(path, ["mode"])),
	"facts": {"mode": compression.mode},
} if {
	some [i, path, compression] in _compressions
	is_string(compression.mode)
	mode := compression.mode
	not mode in _modes
}

violations contains {
	"at": array.concat(["servers", i, "config"], array.concat(path, ["rtt_thresholds"])),
	"case": "thresholds",
	"facts": {},
} if {
	some [i, path, compression] in _compressions
	compression.mode in {"auto", "s2_auto"}
	_bad(compression.rtt_thresholds)
}

_bad(thresholds) if {
	some j, earlier in thresholds
	some k, later in thresholds
	less(j, k)
	later != 0
	less(later, earlier)
}

_bad(thresholds) if {
	kept := [j | some j, one in thresholds; one != 0]
	greater(max(kept), 3)
}

_bad(thresholds) if {
	is_array(thresholds)
	thresholds != []
	{one | some one in thresholds; one != 0} == set()
}

_compressions contains [i, ["cluster", "compression"], server.config.cluster.compression] if some i, server in input.model.servers

_compressions contains [i, ["leafnodes", "compression"], server.config.leafnodes.compression] if some i, server in input.model.servers

_compressions contains [i, ["leafnodes", "remotes", j, "compression"], remote.compression] if {
	some i, server in input.model.servers
	some j, remote in server.config.leafnodes.remotes
}

_modes := {
	"on", "enabled", "true", "not supported", "not_supported", "disabled", "off", "false", "accept",
	"auto", "s2_auto", "fast", "s2_fast", "better", "s2_better", "best", "s2_best",
}
