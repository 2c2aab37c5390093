# One message is kept by one stream.
package natslint.rules["stream-subjects-overlap"]

violations contains {
	"at": ["streams", i, "overlaps", j],
	"on": "value",
	"facts": {"subject": one.subject, "other": one.other},
} if {
	some i, stream in input.model.streams
	some j, one in stream.overlaps
	is_null(one.stream)
}

violations contains {
	"at": ["streams", i, "overlaps", j],
	"on": "value",
	"case": "other",
	"facts": {"subject": one.subject, "other": one.other, "stream": one.stream},
} if {
	some i, stream in input.model.streams
	some j, one in stream.overlaps
	is_string(one.stream)
}
