# A resolver writes what it is given.
package natslint.rules["resolver-dir-not-writable"]

violations contains {
	"at": ["servers", i, "directories", "resolver_dir", "path"],
	"facts": {"path": directory.path, "source": source},
	"related": [{"at": ["servers", i, "directories", "resolver_dir", "mount", "mountPath"], "case": "volume"}],
} if {
	some [i, directory] in _directories
	source := directory.mount.volume.source
	source in {"configMap", "secret", "projected"}
}

violations contains {
	"at": ["servers", i, "directories", "resolver_dir", "path"],
	"case": "ephemeral",
	"facts": {"path": directory.path},
} if {
	some [i, directory] in _directories
	is_null(directory.mount)
}

violations contains {
	"at": ["servers", i, "directories", "resolver_dir", "path"],
	"case": "ephemeral",
	"facts": {"path": directory.path},
} if {
	some [i, directory] in _directories
	directory.mount.volume.source == "emptyDir"
}

_directories contains [i, server.directories.resolver_dir] if {
	some i, server in input.model.servers
	server.resolver.kind == "full"
	is_string(server.directories.resolver_dir.path)
}
