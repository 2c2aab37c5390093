# What is pushed is not pulled.
package natslint.rules["consumer-push-pull-mix"]

import data.natslint.lib.given
import data.natslint.lib.greater

violations contains {
	"at": ["consumers", i, "spec", key],
	"facts": {"key": key},
} if {
	some i, consumer in input.model.consumers
	is_null(consumer.spec.deliverSubject)
	some key in _pushed(consumer.spec.flowControl, consumer.spec.heartbeatInterval, consumer.spec.rateLimitBps)
}

violations contains {
	"at": ["consumers", i, "spec", "maxWaiting"],
	"case": "pull",
	"facts": {},
} if {
	some i, consumer in input.model.consumers
	given(consumer.spec.deliverSubject)
	greater(consumer.spec.maxWaiting, 0)
}

violations contains {
	"at": ["consumers", i, "spec", "flowControl"],
	"case": "heartbeat",
	"facts": {},
} if {
	some i, consumer in input.model.consumers
	given(consumer.spec.deliverSubject)
	consumer.spec.flowControl == true
	consumer.spec.heartbeatInterval in [null, 0]
}

violations contains {
	"at": ["consumers", i, "spec", "maxAckPending"],
	"case": "pending",
	"facts": {},
} if {
	some i, consumer in input.model.consumers
	given(consumer.spec.deliverSubject)
	consumer.spec.ackPolicy in [null, "none"]
	greater(consumer.spec.maxAckPending, 0)
}

_pushed(flow, _, _) := ["flowControl"] if flow == true

_pushed(flow, heartbeat, _) := ["heartbeatInterval"] if {
	flow in [null, false]
	greater(heartbeat, 0)
}

_pushed(flow, heartbeat, limit) := ["rateLimitBps"] if {
	flow in [null, false]
	heartbeat in [null, 0]
	greater(limit, 0)
}
