# What is kept in memory is kept in the memory of each replica.
package natslint.rules["stream-memory-large"]

import data.natslint.lib.greater
import data.natslint.lib.option
import data.natslint.lib.size

violations contains {
	"at": [list, i, "spec", "maxBytes"],
	"facts": {"what": what, "name": name, "bytes": size(spec.maxBytes)},
} if {
	some [list, i, what, name, spec] in _in_memory
	greater(spec.maxBytes, option("stream-memory-large", "most"))
}

violations contains {
	"at": [list, i, "spec", "replicas"],
	"case": "replicas",
	"facts": {"what": what, "name": name, "replicas": spec.replicas},
} if {
	some [list, i, what, name, spec] in _in_memory
	greater(spec.replicas, 1)
	spec.maxBytes in [null, -1, 0]
}

_in_memory contains ["streams", i, "Stream", stream.name, stream.spec] if {
	some i, stream in input.model.streams
	is_string(stream.name)
	stream.spec.storage == "memory"
}

_in_memory contains ["keyValues", i, "Bucket", bucket.name, bucket.spec] if {
	some i, bucket in input.model.keyValues
	is_string(bucket.name)
	bucket.spec.storage == "memory"
}

_in_memory contains ["objectStores", i, "Object store", store.name, store.spec] if {
	some i, store in input.model.objectStores
	is_string(store.name)
	store.spec.storage == "memory"
}
