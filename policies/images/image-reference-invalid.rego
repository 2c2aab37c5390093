# What is no name of an image is refused before anything is pulled. Expressions take long, so they come last.
package natslint.rules["image-reference-invalid"]

violations contains {
	"at": ["servers", i, "workload", "pod", "containers", j, "image"],
	"case": what,
	"facts": {"image": image},
} if {
	some i, server in input.model.servers
	some j, one in server.workload.pod.containers
	image := one.image
	is_string(image)
	what := _fault(image)
}

# Go's complaint about a value that is no text.
_fault(image) := "template" if contains(image, "%!")

# A whole map.
_fault(image) := "template" if startswith(image, "map[")

# A colon with nothing behind it.
_fault(image) := "tag" if {
	contains(concat("", [image, "@"]), ":@")
	regex.match(`^[a-z0-9][a-z0-9./:_-]*:(?:@.*)?$`, image)
}

# Letters that are no small ones, but for words that somebody else fills in and the host in front.
_fault(image) := "default" if {
	lower(image) != image
	regex.match(`^(?:[a-z0-9.-]+(?::[0-9]+)?/)?(?:[a-z0-9._-]+/)*[a-z0-9._-]*(?:[a-z][A-Z]|[A-Z][a-z])[A-Za-z0-9._-]*(?:/[a-z0-9._-]+)*(?::[A-Za-z0-9_][A-Za-z0-9_.-]*)?$`, image)
}
