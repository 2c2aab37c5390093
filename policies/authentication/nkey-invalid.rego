# A key has its length, its first letter and its checksum.
package natslint.rules["nkey-invalid"]

violations contains {
	"at": ["servers", i, "misshapen", j],
	"facts": {"key": one.key, "fault": one.fault},
} if {
	some i, server in input.model.servers
	some j, one in server.misshapen
	one.shape in {"user nkey", "account nkey", "operator nkey", "curve nkey", "account JWT"}
}
