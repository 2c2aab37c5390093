# NACK's controller reads files that are mounted, and keys of Secrets that are there.
package natslint.rules["nack-credentials-not-mounted"]

violations contains {
	"at": ["repository", "unmounted", i, "path"],
	"facts": {"path": one.path, "by": one.by, "controller": one.controller},
} if {
	some i, one in input.model.repository.unmounted
	one.own == false
}

violations contains {
	"at": ["repository", "unmounted", i, "path"],
	"case": "own",
	"facts": {"path": one.path, "controller": one.controller},
} if {
	some i, one in input.model.repository.unmounted
	one.own == true
}

violations contains {
	"at": ["repository", "missingKeys", i, "key"],
	"case": "key",
	"facts": {"key": one.key, "secret": one.secret, "field": one.field, "account": one.account},
} if {
	some i, one in input.model.repository.missingKeys
	is_string(one.key)
}

violations contains {
	"at": ["repository", "missingKeys", i, "key"],
	"case": "unnamed",
	"facts": {"secret": one.secret, "field": one.field, "account": one.account},
} if {
	some i, one in input.model.repository.missingKeys
	is_null(one.key)
}
