# An import is a part of an export.
package natslint.rules["import-not-exported"]

violations contains {
	"at": ["servers", i, "config", "accounts", importer, "imports", j, kind, "subject"],
	"facts": {"account": from.account, "kind": kind, "subject": from.subject},
} if {
	some [i, importer, j, kind, from] in _imports
	from.granted == "not exported"
}

violations contains {
	"at": ["servers", i, "config", "accounts", importer, "imports", j, kind, "subject"],
	"case": "private",
	"facts": {"account": from.account, "kind": kind, "subject": from.subject, "importer": importer},
} if {
	some [i, importer, j, kind, from] in _imports
	from.granted == "not to this account"
}

_imports contains [i, importer, j, kind, block.imports[j][kind]] if {
	some i, server in input.model.servers
	some importer, block in server.config.accounts
	some j, _ in block.imports
	some kind in ["stream", "service"]
	is_string(block.imports[j][kind].account)
	is_string(block.imports[j][kind].subject)
}
