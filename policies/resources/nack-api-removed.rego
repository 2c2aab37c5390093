# Described, and not served.
package natslint.rules["nack-api-removed"]

violations contains {
	"at": [list, i, "apiVersion"],
	"facts": {"api": api},
	"fix": {"set": "jetstream.nats.io/v1beta2"},
} if {
	some [list, i, api] in _versions
	api == "jetstream.nats.io/v1beta1"
}

_versions contains ["streams", i, stream.apiVersion] if some i, stream in input.model.streams

_versions contains ["consumers", i, consumer.apiVersion] if some i, consumer in input.model.consumers
