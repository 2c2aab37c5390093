# NACK reads a number, and not always the sign behind it.
package natslint.rules["consumer-sample-freq"]

violations contains {
	"at": ["consumers", i, "spec", "sampleFreq"],
	"facts": {"text": written},
} if {
	some i, consumer in input.model.consumers
	written := consumer.spec.sampleFreq
	is_string(written)
	not regex.match(`^\+?0*(\d{1,2}|100)%?$`, written)
}

violations contains {
	"at": ["consumers", i, "spec", "sampleFreq"],
	"case": "percent",
	"facts": {"text": written},
} if {
	some i, consumer in input.model.consumers
	written := consumer.spec.sampleFreq
	is_string(written)
	regex.match(`^\+?0*(\d{1,2}|100)%$`, written)
}
