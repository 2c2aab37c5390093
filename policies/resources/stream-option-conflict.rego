# The server refuses what cannot be meant together.
package natslint.rules["stream-option-conflict"]

import data.natslint.lib.at_most
import data.natslint.lib.some_of

violations contains {
	"at": ["streams", i, "spec", key],
	"on": "key",
	"facts": {"what": key},
} if {
	some i, stream in input.model.streams
	is_object(stream.spec.mirror)
	some [key, values] in [["subjects", stream.spec.subjects], ["sources", stream.spec.sources]]
	some_of(values)
}

violations contains {
	"at": ["streams", i, "spec", "discardPerSubject"],
	"case": "discard",
	"facts": {},
} if {
	some i, stream in input.model.streams
	stream.spec.discardPerSubject == true
	stream.spec.discard in [null, "old"]
}

violations contains {
	"at": ["streams", i, "spec", "discardPerSubject"],
	"case": "most",
	"facts": {},
} if {
	some i, stream in input.model.streams
	stream.spec.discardPerSubject == true
	stream.spec.discard == "new"
	_none(stream.spec.maxMsgsPerSubject)
}

violations contains {
	"at": ["streams", i, "spec", "allowRollup"],
	"case": "rollup",
	"facts": {},
} if {
	some i, stream in input.model.streams
	stream.spec.allowRollup == true
	stream.spec.denyPurge == true
}

_none(limit) if is_null(limit)

_none(limit) if at_most(limit, 0)
