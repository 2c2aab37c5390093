# A quorum is more than half, of five replicas at most.
package natslint.rules["stream-replicas-invalid"]

import data.natslint.lib.greater
import data.natslint.lib.less

violations contains {
	"at": [list, i, "spec", "replicas"],
	"facts": {"replicas": replicas},
} if {
	some [list, i, replicas] in _replicas
	_refused(replicas)
}

violations contains {
	"at": [list, i, "spec", "replicas"],
	"case": "even",
	"facts": {"replicas": replicas, "fewer": replicas - 1},
} if {
	some [list, i, replicas] in _replicas
	replicas in [2, 4]
}

_refused(replicas) if greater(replicas, 5)

_refused(replicas) if less(replicas, 1)

_replicas contains ["streams", i, stream.spec.replicas] if some i, stream in input.model.streams

_replicas contains ["keyValues", i, bucket.spec.replicas] if some i, bucket in input.model.keyValues

_replicas contains ["objectStores", i, store.spec.replicas] if some i, store in input.model.objectStores
