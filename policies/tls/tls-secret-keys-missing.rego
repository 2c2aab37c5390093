# A file that the Secret does not have is a file that the server does not find.
package natslint.rules["tls-secret-keys-missing"]

violations contains {
	"at": ["servers", i, "certificates", j, "path"],
	"facts": {"secret": file.secret, "entry": file.entry},
} if {
	some i, server in input.model.servers
	some j, file in server.certificates
	file.present == false
	is_string(file.secret)
	is_string(file.entry)
}
