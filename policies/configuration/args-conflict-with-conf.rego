# A flag wins over the file, and nobody who reads the file sees it.
package natslint.rules["args-conflict-with-conf"]

violations contains {
	"at": ["servers", i, "overruled", j, "value"],
	"facts": {"flag": one.flag, "value": one.value, "key": one.key, "file": one.file},
	"related": [{"at": ["servers", i, "overruled", j, "file"], "case": "file"}],
} if {
	some i, server in input.model.servers
	some j, one in server.overruled
}
