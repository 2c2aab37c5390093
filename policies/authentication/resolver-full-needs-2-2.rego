# The resolver with a directory came with 2.2.
package natslint.rules["resolver-full-needs-2-2"]

import data.natslint.lib.older

violations contains {
	"at": ["servers", i, "resolver", "kind"],
	"facts": {"kind": kind, "version": server.version.text},
} if {
	some i, server in input.model.servers
	kind := server.resolver.kind
	kind in {"full", "cache"}
	older(server.version.parts, [2, 2, 0])
}
