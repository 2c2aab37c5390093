# Only the control loop knows buckets and object stores.
package natslint.rules["nack-needs-control-loop"]

violations contains {
	"at": ["repository", "unlooped", i, "controller"],
	"facts": {"controller": one.controller, "by": one.by},
} if some i, one in input.model.repository.unlooped
