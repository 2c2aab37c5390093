# The resource definition's default is a nanosecond.
package natslint.rules["consumer-ackwait-default"]

import data.natslint.lib.greater
import data.natslint.lib.less
import data.natslint.lib.none

violations contains {
	"at": ["consumers", i, "spec", "ackWait"],
	"facts": {"name": name},
} if {
	some i, consumer in input.model.consumers
	name := consumer.name
	is_string(name)
	consumer.spec.ackPolicy in ["explicit", "all"]
	is_null(consumer.spec.ackWait)
	none(consumer.spec.backoff)
}

violations contains {
	"at": ["consumers", i, "spec", "ackWait"],
	"case": "short",
	"facts": {"seconds": seconds},
} if {
	some i, consumer in input.model.consumers
	consumer.spec.ackPolicy in ["explicit", "all"]
	seconds := consumer.spec.ackWait
	greater(seconds, 0)
	less(seconds, 1)
	none(consumer.spec.backoff)
}
