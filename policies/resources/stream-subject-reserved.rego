# What the server says to itself is no message.
package natslint.rules["stream-subject-reserved"]

import data.natslint.lib.greater

violations contains {
	"at": ["streams", i, "reserved", j],
	"on": "value",
	"facts": {"subject": one.subject, "space": one.space},
} if {
	some i, stream in input.model.streams
	stream.spec.noAck in [null, false]
	some j, one in stream.reserved
}

violations contains {
	"at": ["streams", i, "misshapen", j],
	"on": "value",
	"case": "invalid",
	"facts": {"subject": one.text, "fault": one.fault},
} if {
	some i, stream in input.model.streams
	some j, one in stream.misshapen
	one.shape == "subject"
	one.key == "subjects"
}

violations contains {
	"at": ["streams", i, "spec", "replicas"],
	"case": "everything",
	"facts": {"replicas": stream.spec.replicas},
} if {
	some i, stream in input.model.streams
	stream.spec.noAck == true
	"\u003e" in stream.spec.subjects
	greater(stream.spec.replicas, 1)
}
