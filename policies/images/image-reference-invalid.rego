# What is no name of an image is refused before anything is pulled.
package natslint.rules["image-reference-invalid"]

violations contains {
	"at": ["servers", i, "workload", "pod", "containers", j, "image"],
	"case": what,
	"facts": {"image": image},
} if {
	some [i, j, image] in _images
	some what, sign in _signs
	regex.match(sign, image)
}

# Go's complaint about a value that is no text, or a whole map; a colon with nothing behind it; letters that are no small
# ones, but for words that somebody else fills in and the host in front.
_signs := {
	"template": `%!|^map\[`,
	"tag": `^[a-z0-9][a-z0-9./:_-]*:(?:@.*)?$`,
	"default": `^(?:[a-z0-9.-]+(?::[0-9]+)?/)?(?:[a-z0-9._-]+/)*[a-z0-9._-]*(?:[a-z][A-Z]|[A-Z][a-z])[A-Za-z0-9._-]*(?:/[a-z0-9._-]+)*(?::[A-Za-z0-9_][A-Za-z0-9_.-]*)?$`,
}

_images contains [i, j, one.image] if {
	some i, server in input.model.servers
	some j, one in server.workload.pod.containers
}
