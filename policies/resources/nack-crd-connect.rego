# What a resource says of its connection counts only where the controller is told to read it.
package natslint.rules["nack-crd-connect"]

violations contains {
	"at": ["repository", "unconnected", i, "controller"],
	"facts": {"controller": one.controller, "key": one.key, "by": one.by},
} if some i, one in input.model.repository.unconnected
