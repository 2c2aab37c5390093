# Some of a consumer is decided when it is made.
package natslint.rules["consumer-immutable-change"]

violations contains {
	"at": ["consumers", i, "spec", key],
	"facts": {"key": key, "was": was, "now": now},
} if {
	some [i, j] in _same
	new := input.model.consumers[i]
	old := input.base.consumers[j]
	some [key, written, before, default_] in [
		["deliverPolicy", new.spec.deliverPolicy, old.spec.deliverPolicy, "all"],
		["ackPolicy", new.spec.ackPolicy, old.spec.ackPolicy, "none"],
		["replayPolicy", new.spec.replayPolicy, old.spec.replayPolicy, "instant"],
	]
	now := _written(written, default_)
	was := _written(before, default_)
	now != was
}

violations contains {
	"at": ["consumers", i, "spec", key],
	"facts": {"key": key, "was": was, "now": now},
} if {
	some [i, j] in _same
	new := input.model.consumers[i]
	old := input.base.consumers[j]
	some [key, written, before] in [
		["flowControl", new.spec.flowControl, old.spec.flowControl],
		["memStorage", new.spec.memStorage, old.spec.memStorage],
	]
	now := _switch(written)
	was := _switch(before)
	now != was
}

violations contains {
	"at": ["consumers", i, "spec", "optStartSeq"],
	"facts": {"key": "optStartSeq", "was": was, "now": now},
} if {
	some [i, j] in _same
	input.model.consumers[i].spec.deliverPolicy == "byStartSequence"
	now := input.model.consumers[i].spec.optStartSeq
	was := input.base.consumers[j].spec.optStartSeq
	_numbers(now, was)
	now != was
}

violations contains {
	"at": ["consumers", i, "spec", "maxWaiting"],
	"facts": {"key": "maxWaiting", "was": was, "now": now},
} if {
	some [i, j] in _same
	now := input.model.consumers[i].spec.maxWaiting
	was := input.base.consumers[j].spec.maxWaiting
	_numbers(now, was)
	now != was
}

violations contains {
	"at": ["consumers", i, "spec", "deliverSubject"],
	"case": "push",
	"facts": {"was": "was pulled from", "now": "becomes pushed"},
} if {
	some [i, j] in _same
	is_string(input.model.consumers[i].spec.deliverSubject)
	is_null(input.base.consumers[j].spec.deliverSubject)
}

violations contains {
	"at": ["consumers", i, "spec", "deliverSubject"],
	"case": "push",
	"facts": {"was": "was pushed", "now": "becomes pulled from"},
} if {
	some [i, j] in _same
	is_null(input.model.consumers[i].spec.deliverSubject)
	is_string(input.base.consumers[j].spec.deliverSubject)
}

# The same consumer before and after, which NACK is to change.
_same contains [i, j] if {
	some i, consumer in input.model.consumers
	is_string(consumer.name)
	consumer.spec.preventUpdate in [null, false]
	some j, old in input.base.consumers
	old.name == consumer.name
	old.namespace == consumer.namespace
	old.spec.durableName == consumer.spec.durableName
	old.spec.streamName == consumer.spec.streamName
}

_numbers(now, was) if {
	is_number(now)
	is_number(was)
	now != 0
	was != 0
}

_switch(value) := value if is_boolean(value)

_switch(value) := false if is_null(value)

_written(value, _) := value if is_string(value)

_written(value, default_) := default_ if is_null(value)
