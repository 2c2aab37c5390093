# A subject is parts between dots, and a wildcard is one of them.
package natslint.rules["permission-subject-invalid"]

violations contains {
	"at": ["servers", i, "misshapen", j],
	"facts": {"text": one.text, "fault": one.fault},
} if {
	some [i, j, one] in _subjects
	one.refused == true
}

violations contains {
	"at": ["servers", i, "misshapen", j],
	"case": "literal",
	"facts": {"text": one.text, "fault": one.fault},
} if {
	some [i, j, one] in _subjects
	one.refused == false
}

_subjects contains [i, j, one] if {
	some i, server in input.model.servers
	some j, one in server.misshapen
	one.shape in {"subject", "subject or queue", "permitted subject", "exported subject"}
}
