# What the chart's template does not take for a number it leaves out.
package natslint.rules["stan-limit-silently-dropped"]

violations contains {
	"at": ["servers", i, "unread", j, "value"],
	"case": _case(one.key, one.value),
	"facts": {"key": one.key},
} if {
	some i, server in input.model.servers
	some j, one in server.unread
	one.because == "not a number"
}

_case(_, value) := "default" if not is_number(value)

_case(key, value) := "zero" if {
	is_number(value)
	endswith(key, ".max_bytes")
}

_case(key, value) := "flag" if {
	is_number(value)
	endswith(key, ".max_bytes") == false
}
