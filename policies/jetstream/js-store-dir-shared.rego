# What a server finds in its directory it takes for its own.
package natslint.rules["js-store-dir-shared"]

violations contains {
	"at": ["servers", i, "directories", "jetstream_store_dir", "mount", "volume", "claimName"],
	"facts": {"other": other, "claim": directory.mount.volume.claimName},
} if {
	some i, server in input.model.servers
	is_object(server.config.jetstream)
	directory := server.directories.jetstream_store_dir
	other := directory.sharedWith
	is_string(other)
	is_string(directory.mount.volume.claimName)
}
