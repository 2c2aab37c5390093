# The chart's template compares letter for letter.
package natslint.rules["resolver-type-exact"]

violations contains {
	"at": ["servers", i, "unread", j, "value"],
	"case": "case",
	"facts": {"type": one.value, "meant": one.effective},
	"fix": {"set": one.effective},
} if {
	some i, server in input.model.servers
	some j, one in server.unread
	one.because == "no such type"
	is_string(one.value)
	is_string(one.effective)
}

violations contains {
	"at": ["servers", i, "unread", j, "value"],
	"facts": {"type": one.value},
} if {
	some i, server in input.model.servers
	some j, one in server.unread
	one.because == "no such type"
	is_string(one.value)
	is_null(one.effective)
}
