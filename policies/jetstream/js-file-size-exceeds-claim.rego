# A server that may fill more than its disk fills the disk, and then stops JetStream.
package natslint.rules["js-file-size-exceeds-claim"]

import data.natslint.lib.greater
import data.natslint.lib.size

violations contains {
	"at": ["servers", i, "config", "jetstream", "max_file_store"],
	"facts": {"store": size(store), "claim": size(volume.storage)},
	"related": [{"at": ["servers", i, "directories", "jetstream_store_dir", "mount", "volume", "storage"], "case": "claim"}],
	"fix": {"set": volume.storage},
} if {
	some i, server in input.model.servers
	store := server.config.jetstream.max_file_store
	volume := server.directories.jetstream_store_dir.mount.volume
	volume.source in {"volumeClaimTemplate", "persistentVolumeClaim"}
	greater(volume.storage, 0)
	greater(store, volume.storage)
}
