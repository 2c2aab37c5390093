# The file store checks its options as it opens.
package natslint.rules["stan-file-option-out-of-range"]

import data.natslint.lib.less

violations contains {
	"at": ["servers", i, "streaming", "file", key],
	"facts": {"key": key, "value": value, "least": least},
} if {
	some i, server in input.model.servers
	server.streaming.store == "file"
	some key, least in _least
	value := server.streaming.file[key]
	less(value, least)
}

_least := {
	"compact_fragmentation": 1, "compact_interval": 1, "compact_min_size": 0, "buffer_size": 0, "read_buffer_size": 0,
	"crc_poly": 1, "slice_max_msgs": 0, "slice_max_bytes": 0, "slice_max_age": 0, "file_descriptors_limit": 0, "parallel_recovery": 1,
}
