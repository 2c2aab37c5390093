# The account says how to reach the servers: without it nothing is made.
package natslint.rules["nack-account-missing"]

violations contains {
	"at": ["repository", "missing", i, "name"],
	"case": "near",
	"facts": {"name": one.name, "by": one.by, "near": one.near},
} if {
	some i, one in input.model.repository.missing
	one.what == "account"
	is_string(one.near)
}

violations contains {
	"at": ["repository", "missing", i, "name"],
	"facts": {"name": one.name, "by": one.by},
} if {
	some i, one in input.model.repository.missing
	one.what == "account"
	is_null(one.near)
}
