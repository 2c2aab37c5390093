# In a container nobody reads a file, and nobody empties it.
package natslint.rules["log-file-without-rotation"]

import data.natslint.lib.given

violations contains {
	"at": ["servers", i, "config", "log_file"],
	"facts": {"file": file},
} if {
	some i, server in input.model.servers
	file := server.config.log_file
	given(file)
	is_object(server.container)
	not file in ["/dev/stdout", "/dev/stderr", "/proc/1/fd/1", "/proc/1/fd/2"]
	server.config.log_size_limit in [null, 0]
}
