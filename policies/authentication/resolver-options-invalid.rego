# Each kind of resolver has options of its own.
package natslint.rules["resolver-options-invalid"]

import data.natslint.lib.unset

violations contains {
	"at": ["servers", i, "resolver", "dir"],
	"facts": {"kind": resolver.kind},
} if {
	some [i, resolver] in _stores
	unset(resolver.dir)
}

violations contains {
	"at": ["servers", i, "resolver", key],
	"case": "key",
	"facts": {"kind": kind, "key": key},
} if {
	some [i, resolver] in _stores
	some [kind, key] in [["cache", "interval"], ["cache", "allow_delete"], ["cache", "hard_delete"], ["full", "ttl"]]
	resolver.kind == kind
	_counts(key, resolver[key])
}

violations contains {
	"at": ["servers", i, "resolver", "hard_delete"],
	"case": "hard-delete",
	"facts": {},
} if {
	some [i, resolver] in _stores
	resolver.kind == "full"
	is_boolean(resolver.hard_delete)
	resolver.allow_delete in [null, false]
}

violations contains {
	"at": ["servers", i, "resolver", "kind"],
	"case": "type",
	"facts": {},
} if {
	some i, server in input.model.servers
	server.resolver.kind == "missing"
}

_stores contains [i, server.resolver] if {
	some i, server in input.model.servers
	server.resolver.kind in {"full", "cache"}
}

_counts(key, value) if {
	key in {"interval", "ttl"}
	is_number(value)
	value != 0
}

_counts("allow_delete", true)

_counts("hard_delete", value) if is_boolean(value)
