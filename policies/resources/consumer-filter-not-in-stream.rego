# A filter picks from what the stream keeps.
package natslint.rules["consumer-filter-not-in-stream"]

import data.natslint.lib.given
import data.natslint.lib.some_of

violations contains {
	"at": ["consumers", i, "outside", j],
	"on": "value",
	"facts": {"filter": one.filter, "subjects": one.subjects},
} if {
	some i, consumer in input.model.consumers
	some j, one in consumer.outside
}

violations contains {
	"at": ["consumers", i, "spec", "filterSubjects"],
	"on": "key",
	"case": "both",
	"facts": {},
} if {
	some i, consumer in input.model.consumers
	given(consumer.spec.filterSubject)
	some_of(consumer.spec.filterSubjects)
}

violations contains {
	"at": ["consumers", i, "overlaps", j],
	"on": "value",
	"case": "overlap",
	"facts": {"filter": one.filter, "other": one.other},
} if {
	some i, consumer in input.model.consumers
	is_null(consumer.spec.filterSubject)
	some j, one in consumer.overlaps
}

violations contains {
	"at": ["consumers", i, "misshapen", j],
	"on": "value",
	"case": "invalid",
	"facts": {"filter": one.text, "fault": one.fault},
} if {
	some i, consumer in input.model.consumers
	some j, one in consumer.misshapen
	one.shape == "subject"
}
