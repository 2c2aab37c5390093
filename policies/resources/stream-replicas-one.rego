# One replica is one server, and one disk.
package natslint.rules["stream-replicas-one"]

violations contains {
	"at": [list, i, "spec", "replicas"],
	"facts": {"what": what, "name": name},
} if some [list, i, what, name] in _single

_single contains ["streams", i, "Stream", stream.name] if {
	some i, stream in input.model.streams
	is_string(stream.name)
	stream.scope.environment == "production"
	stream.spec.replicas in [null, 1]
}

_single contains ["keyValues", i, "Bucket", bucket.name] if {
	some i, bucket in input.model.keyValues
	is_string(bucket.name)
	bucket.scope.environment == "production"
	bucket.spec.replicas in [null, 1]
}

_single contains ["objectStores", i, "Object store", store.name] if {
	some i, store in input.model.objectStores
	is_string(store.name)
	store.scope.environment == "production"
	store.spec.replicas in [null, 1]
}
