# A start needs a place, and a place a policy that starts there.
package natslint.rules["consumer-deliver-policy-args"]

import data.natslint.lib.given
import data.natslint.lib.greater
import data.natslint.lib.none

violations contains {
	"at": ["consumers", i, "spec", "deliverPolicy"],
	"facts": {"policy": policy, "key": key},
} if {
	some i, consumer in input.model.consumers
	policy := consumer.spec.deliverPolicy
	key := _lacks(policy, consumer.spec.optStartSeq, consumer.spec.optStartTime)
}

violations contains {
	"at": ["consumers", i, "spec", "deliverPolicy"],
	"facts": {"policy": "lastPerSubject", "key": "a filter"},
} if {
	some i, consumer in input.model.consumers
	consumer.spec.deliverPolicy == "lastPerSubject"
	is_null(consumer.spec.filterSubject)
	none(consumer.spec.filterSubjects)
}

violations contains {
	"at": ["consumers", i, "spec", "optStartSeq"],
	"case": "ignored",
	"facts": {"policy": policy, "key": "optStartSeq"},
} if {
	some i, consumer in input.model.consumers
	policy := _policy(consumer.spec.deliverPolicy)
	policy != "byStartSequence"
	greater(consumer.spec.optStartSeq, 0)
}

violations contains {
	"at": ["consumers", i, "spec", "optStartTime"],
	"case": "ignored",
	"facts": {"policy": policy, "key": "optStartTime"},
} if {
	some i, consumer in input.model.consumers
	policy := _policy(consumer.spec.deliverPolicy)
	policy != "byStartTime"
	given(consumer.spec.optStartTime)
}

_lacks("byStartSequence", sequence, _) := "an optStartSeq" if sequence in [null, 0]

_lacks("byStartTime", _, time) := "an optStartTime" if is_null(time)

_policy(written) := written if is_string(written)

_policy(written) := "all" if is_null(written)
