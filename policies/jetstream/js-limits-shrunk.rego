# A running server takes no smaller store, no other place for it and no other key; the reload is refused as a whole.
package natslint.rules["js-limits-shrunk"]

import data.natslint.lib.greater
import data.natslint.lib.less
import data.natslint.lib.older
import data.natslint.lib.size

violations contains {
	"at": ["servers", i, "config", "jetstream", key],
	"facts": {"key": key, "was": size(was), "now": size(now)},
} if {
	some [i, key, was, now] in _limits
	less(now, was)
}

# From 2.12.7 on a limit can grow while the server runs.
violations contains {
	"at": ["servers", i, "config", "jetstream", key],
	"case": "grown",
	"facts": {"key": key, "was": size(was), "now": size(now), "version": server.version.text},
} if {
	some [i, key, was, now] in _limits
	greater(now, was)
	server := input.model.servers[i]
	older(server.version.parts, [2, 12, 7])
}

violations contains {
	"at": ["servers", i, "config", "jetstream", key],
	"case": "place",
	"facts": {"key": key, "was": was, "now": now},
} if {
	some i in _reloaded
	some key in ["store_dir", "cipher"]
	now := input.model.servers[i].config.jetstream[key]
	was := input.base.servers[i].config.jetstream[key]
	is_string(now)
	is_string(was)
	now != was
}

violations contains {
	"at": ["servers", i, "config", "jetstream", "key"],
	"case": "key",
	"facts": {},
} if {
	some i in _reloaded
	now := input.model.servers[i].config.jetstream.key
	was := input.base.servers[i].config.jetstream.key
	is_number(now.same)
	is_number(was.same)
	now.same != was.same
}

_limits contains [i, key, was, now] if {
	some i in _reloaded
	some key in ["max_file_store", "max_memory_store"]
	now := input.model.servers[i].config.jetstream[key]
	was := input.base.servers[i].config.jetstream[key]
}

# Servers that read a changed configuration again, and are not made anew for it.
_reloaded contains i if {
	some i, server in input.model.servers
	server.rollout.reloader == true
	server.rollout.onConfig == false
	server.rollout.template == input.base.servers[i].rollout.template
}
