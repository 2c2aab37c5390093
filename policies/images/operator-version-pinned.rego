# An operator is the program that restarts servers: which one it is should be no surprise, and no old one.
package natslint.rules["operator-version-pinned"]

import data.natslint.lib.older

violations contains {
	"at": ["natsOperators", i, "image"],
	"case": "floating",
	"facts": {"image": operator.image},
} if {
	some i, operator in input.model.natsOperators
	is_null(operator.digest)
	operator.tag in {null, "edge", "latest", "main", "master", "nightly", "stable"}
}

violations contains {
	"at": ["natsOperators", i, "image"],
	"facts": {"image": operator.image, "last": _last[operator.kind].text},
} if {
	some i, operator in input.model.natsOperators
	older(operator.version.parts, _last[operator.kind].parts)
}

# The last ones there are of each: no more will come.
_last := {
	"nats-operator": {"text": "0.8.3", "parts": [0, 8, 0]},
	"nats-streaming-operator": {"text": "0.4.2", "parts": [0, 4, 0]},
}
