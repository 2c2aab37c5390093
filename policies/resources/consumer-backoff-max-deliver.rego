# Each step is the time before another delivery.
package natslint.rules["consumer-backoff-max-deliver"]

import data.natslint.lib.greater

violations contains {
	"at": ["consumers", i, "spec", "maxDeliver"],
	"facts": {"steps": steps, "most": most},
	"fix": {"set": steps + 1},
} if {
	some i, consumer in input.model.consumers
	most := consumer.spec.maxDeliver
	greater(most, 0)
	steps := count(consumer.spec.backoff)
	greater(steps, most)
}
