# The server's image has none of the tools that people open a nats-box for.
package natslint.rules["natsbox-wrong-image"]

violations contains {
	"at": ["servers", i, "images", j, "image"],
	"facts": {"image": one.image},
} if {
	some i, server in input.model.servers
	some j, one in server.images
	one.part == "box"
	one.base in ["nats", "nats-server", "nats-streaming"]
}
