# Names are parts of subjects and of paths.
package natslint.rules["stream-name-invalid"]

import data.natslint.lib.greater

violations contains {
	"at": at,
	"facts": {"name": name, "fault": fault},
} if {
	some [at, name] in _names
	fault := _fault(name)
}

violations contains {
	"at": at,
	"case": "long",
	"facts": {"length": count(name)},
} if {
	some [at, name] in _names
	greater(count(name), 255)
}

violations contains {
	"at": ["streams", i, "spec", "name"],
	"case": "missing",
	"facts": {},
} if {
	some i, stream in input.model.streams
	is_null(stream.spec.name)
}

violations contains {
	"at": [list, i, "spec", "bucket"],
	"case": "bucket",
	"facts": {"name": name},
} if {
	some [list, i, name] in _buckets
	is_string(name)
	not regex.match(`^[a-zA-Z0-9_-]+$`, name)
}

_names contains [["streams", i, "spec", "name"], name] if {
	some i, stream in input.model.streams
	name := stream.spec.name
	is_string(name)
}

_names contains [["consumers", i, "spec", "durableName"], name] if {
	some i, consumer in input.model.consumers
	name := consumer.spec.durableName
	is_string(name)
}

_buckets contains ["keyValues", i, bucket.spec.bucket] if some i, bucket in input.model.keyValues

_buckets contains ["objectStores", i, store.spec.bucket] if some i, store in input.model.objectStores

_fault(name) := "a blank" if regex.match(`[ \t\r\n\f]`, name)

_fault(name) := "a dot" if {
	not regex.match(`[ \t\r\n\f]`, name)
	contains(name, ".")
}

_fault(name) := "a wildcard or a slash" if {
	not regex.match(`[ \t\r\n\f.]`, name)
	regex.match(`[*\x3e/\\]`, name)
}
