# What is encrypted needs a key. One that the environment may have is not missing.
package natslint.rules["stan-encryption-incomplete"]

violations contains {
	"at": ["servers", i, "streaming", "encryption_key"],
	"facts": {},
} if {
	some i, server in input.model.servers
	server.streaming.encrypt == true
	server.streaming.encryption_key.form == "empty"
}
