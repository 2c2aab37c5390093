# A consumer reads a stream that somebody has to make.
package natslint.rules["consumer-stream-missing"]

violations contains {
	"at": ["repository", "missing", i, "name"],
	"case": "near",
	"facts": {"name": one.name, "by": one.by, "near": one.near},
} if {
	some i, one in input.model.repository.missing
	one.what == "stream"
	is_string(one.near)
}

violations contains {
	"at": ["repository", "missing", i, "name"],
	"facts": {"name": one.name, "by": one.by},
} if {
	some i, one in input.model.repository.missing
	one.what == "stream"
	is_null(one.near)
}
