# The model has it at the top level only where the block has one of its own.
package natslint.rules["js-store-dir-duplicate"]

violations contains {
	"at": ["servers", i, "config", "store_dir"],
	"facts": {},
	"related": [{"at": ["servers", i, "config", "jetstream", "store_dir"], "case": "block"}],
} if {
	some i, server in input.model.servers
	is_string(server.config.store_dir)
	is_string(server.config.jetstream.store_dir)
}
