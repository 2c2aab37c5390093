# The resource definition's default is none, the client libraries' is explicit.
package natslint.rules["consumer-ack-policy-unset"]

import data.natslint.lib.given

violations contains {
	"at": ["consumers", i, "spec", "ackPolicy"],
	"facts": {"name": name},
} if {
	some i, consumer in input.model.consumers
	name := consumer.name
	is_string(name)
	is_null(consumer.spec.ackPolicy)
	_shared(consumer.spec.deliverSubject, consumer.spec.deliverGroup)
}

# Pulled, or pushed to a group: somebody works on the messages, and does not only watch.
_shared(subject, _) if is_null(subject)

_shared(subject, group) if {
	given(subject)
	given(group)
}
