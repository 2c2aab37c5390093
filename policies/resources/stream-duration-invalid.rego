# What Go cannot read, NACK cannot set.
package natslint.rules["stream-duration-invalid"]

import data.natslint.lib.greater
import data.natslint.lib.less

violations contains {
	"at": [list, i, "misshapen", j],
	"on": "value",
	"facts": {"key": one.key, "text": one.text, "fault": one.fault},
} if {
	some [list, i, j, one] in _misshapen
	one.shape == "duration"
}

violations contains {
	"at": ["streams", i, "spec", key],
	"case": "short",
	"facts": {"key": key, "seconds": seconds},
} if {
	some i, stream in input.model.streams
	some [key, seconds] in [["maxAge", stream.spec.maxAge], ["duplicateWindow", stream.spec.duplicateWindow]]
	seconds != 0
	less(seconds, 0.1)
}

violations contains {
	"at": ["streams", i, "spec", "duplicateWindow"],
	"case": "window",
	"facts": {"window": window, "age": age},
} if {
	some i, stream in input.model.streams
	window := stream.spec.duplicateWindow
	age := stream.spec.maxAge
	greater(age, 0)
	greater(window, age)
}

_misshapen contains ["streams", i, j, one] if {
	some i, stream in input.model.streams
	some j, one in stream.misshapen
}

_misshapen contains ["consumers", i, j, one] if {
	some i, consumer in input.model.consumers
	some j, one in consumer.misshapen
}

_misshapen contains ["keyValues", i, j, one] if {
	some i, bucket in input.model.keyValues
	some j, one in bucket.misshapen
}

_misshapen contains ["objectStores", i, j, one] if {
	some i, store in input.model.objectStores
	some j, one in store.misshapen
}
