# What a moving tag means when a pod starts anew is not what it meant when the others started.
package natslint.rules["image-floating-tag"]

violations contains {
	"at": ["servers", i, "images", j, "image"],
	"facts": {"image": one.image},
} if {
	some i, server in input.model.servers
	some j, one in server.images
	one.moves == "channel"
}

violations contains {
	"at": ["servers", i, "images", j, "image"],
	"case": "none",
	"facts": {"image": one.image},
} if {
	some i, server in input.model.servers
	some j, one in server.images
	one.moves == "none"
}

violations contains {
	"at": ["servers", i, "images", j, "image"],
	"case": "line",
	"facts": {"image": one.image},
} if {
	some i, server in input.model.servers
	server.scope.environment == "production"
	some j, one in server.images
	one.moves == "line"
}
