# Numbers of bytes as people write them.
package natslint.lib

# The shortest text that is exactly that number: 10Gi, 10G, 1536Mi, 1000. In wasm `format_int` fails from 2^31 on.
size(bytes) := concat("", [json.marshal(shortest[0]), shortest[1]]) if {
	shortest := min({[bytes / unit, suffix] | some suffix, unit in _units; bytes % unit == 0})
}

_units := {
	"": 1,
	"k": 1000,
	"M": 1000000,
	"G": 1000000000,
	"T": 1000000000000,
	"Ki": 1024,
	"Mi": 1048576,
	"Gi": 1073741824,
	"Ti": 1099511627776,
}
