# What has no limit grows until something else has one.
package natslint.rules["stream-unbounded"]

import data.natslint.lib.at_most

violations contains {
	"at": ["streams", i, "spec"],
	"facts": {"name": name},
} if {
	some i, stream in input.model.streams
	name := stream.name
	is_string(name)
	stream.spec.retention in [null, "limits"]
	_unlimited(stream.spec.maxAge)
	_unlimited(stream.spec.maxBytes)
	_unlimited(stream.spec.maxMsgs)
	_unlimited(stream.spec.maxMsgsPerSubject)
	stream.spec.sealed in [null, false]
}

_unlimited(limit) if is_null(limit)

_unlimited(limit) if at_most(limit, 0)
