# The resource definition's default is memory, the rest of the world's is file.
package natslint.rules["stream-storage-unset"]

violations contains {
	"at": ["streams", i, "spec", "storage"],
	"facts": {},
} if {
	some i, stream in input.model.streams
	is_null(stream.spec.storage)
}
