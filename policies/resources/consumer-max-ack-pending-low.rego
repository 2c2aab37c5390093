# Few messages in flight, and each subject's last one first, has been seen to stop consumers.
package natslint.rules["consumer-max-ack-pending-low"]

import data.natslint.lib.greater
import data.natslint.lib.less

violations contains {
	"at": ["consumers", i, "spec", "maxAckPending"],
	"facts": {"pending": pending, "name": consumer.spec.durableName},
} if {
	some i, consumer in input.model.consumers
	consumer.spec.deliverPolicy == "lastPerSubject"
	consumer.spec.ackPolicy == "explicit"
	is_string(consumer.spec.durableName)
	pending := consumer.spec.maxAckPending
	greater(pending, 0)
	less(pending, 100)
}
