# A work queue gives each message to one consumer, and forgets it when that says so.
package natslint.rules["consumer-workqueue-rules"]

violations contains {
	"at": ["consumers", i, "spec", "ackPolicy"],
	"facts": {"stream": stream, "policy": policy},
} if {
	some [i, stream] in _workers
	policy := _written(input.model.consumers[i].spec.ackPolicy, "none")
	policy != "explicit"
}

violations contains {
	"at": ["consumers", i, "spec", "deliverPolicy"],
	"case": "start",
	"facts": {"stream": stream, "policy": policy},
} if {
	some [i, stream] in _workers
	policy := _written(input.model.consumers[i].spec.deliverPolicy, "all")
	policy != "all"
}

violations contains {
	"at": ["consumers", i, "rivals", j],
	"on": "value",
	"case": "rival",
	"facts": {"stream": stream, "other": other},
} if {
	some [i, stream] in _workers
	some j, one in input.model.consumers[i].rivals
	other := one.consumer
	is_string(other)
}

_workers contains [i, name] if {
	some i, consumer in input.model.consumers
	stream := input.model.streams[consumer.stream]
	stream.spec.retention == "workqueue"
	name := stream.spec.name
	is_string(name)
}

_written(value, _) := value if is_string(value)

_written(value, default_) := default_ if is_null(value)
