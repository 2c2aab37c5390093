# Some of a stream is decided when it is made.
package natslint.rules["stream-name-immutable"]

violations contains {
	"at": ["streams", i, "spec", "name"],
	"facts": {"was": was, "now": now},
} if {
	some [i, j] in _pairs
	now := input.model.streams[i].spec.name
	was := input.base.streams[j].spec.name
	is_string(now)
	is_string(was)
	now != was
}

violations contains {
	"at": ["streams", i, "spec", "storage"],
	"case": "storage",
	"facts": {"was": was, "now": now},
} if {
	some [i, j] in _same
	now := _written(input.model.streams[i].spec.storage, "memory")
	was := _written(input.base.streams[j].spec.storage, "memory")
	now != was
}

violations contains {
	"at": ["streams", i, "spec", "retention"],
	"case": "retention",
	"facts": {"was": was, "now": now},
} if {
	some [i, j] in _same
	now := _written(input.model.streams[i].spec.retention, "limits")
	was := _written(input.base.streams[j].spec.retention, "limits")
	now != was
	"workqueue" in [now, was]
}

violations contains {
	"at": ["streams", i, "spec", "mirror"],
	"case": "mirror",
	"facts": {},
} if {
	some [i, j] in _same
	now := input.model.streams[i].spec.mirror.name
	was := input.base.streams[j].spec.mirror.name
	now != was
}

violations contains {
	"at": ["streams", i, "spec", "mirror"],
	"case": "mirror",
	"facts": {},
} if {
	some [i, j] in _same
	is_object(input.model.streams[i].spec.mirror)
	is_null(input.base.streams[j].spec.mirror)
}

violations contains {
	"at": ["streams", i, "spec", key],
	"case": "kept",
	"facts": {"key": key},
} if {
	some [i, j] in _same
	now := input.model.streams[i]
	was := input.base.streams[j]
	some [key, is, before] in [
		["denyDelete", now.spec.denyDelete, was.spec.denyDelete],
		["denyPurge", now.spec.denyPurge, was.spec.denyPurge],
		["sealed", now.spec.sealed, was.spec.sealed],
	]
	before == true
	is in [null, false]
}

# The same resource before and after, whatever stream it describes.
_pairs contains [i, j] if {
	some i, stream in input.model.streams
	is_string(stream.name)
	some j, old in input.base.streams
	old.name == stream.name
	old.namespace == stream.namespace
}

# The same stream, which NACK is to change.
_same contains [i, j] if {
	some [i, j] in _pairs
	input.model.streams[i].spec.name == input.base.streams[j].spec.name
	input.model.streams[i].spec.preventUpdate in [null, false]
}

_written(value, _) := value if is_string(value)

_written(value, default_) := default_ if is_null(value)
