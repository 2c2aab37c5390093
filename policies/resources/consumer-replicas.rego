# A consumer is kept where its stream is.
package natslint.rules["consumer-replicas"]

import data.natslint.lib.greater
import data.natslint.lib.less

violations contains {
	"at": ["consumers", i, "spec", "replicas"],
	"facts": {"replicas": replicas, "stream": stream.spec.name, "most": most},
	"fix": {"set": 0},
} if {
	some i, consumer in input.model.consumers
	replicas := consumer.spec.replicas
	stream := input.model.streams[consumer.stream]
	is_string(stream.spec.name)
	most := _replicas(stream.spec.replicas)
	greater(replicas, most)
}

violations contains {
	"at": ["consumers", i, "spec", "replicas"],
	"case": "equal",
	"facts": {"replicas": replicas, "stream": stream.spec.name, "most": most, "retention": retention},
	"fix": {"set": 0},
} if {
	some i, consumer in input.model.consumers
	replicas := consumer.spec.replicas
	greater(replicas, 0)
	stream := input.model.streams[consumer.stream]
	is_string(stream.spec.name)
	retention := stream.spec.retention
	retention in ["interest", "workqueue"]
	most := _replicas(stream.spec.replicas)
	less(replicas, most)
}

_replicas(written) := written if is_number(written)

_replicas(written) := 1 if is_null(written)
