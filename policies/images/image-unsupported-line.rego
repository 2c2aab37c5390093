# A line of releases that gets no more fixes keeps the faults that are found in it.
package natslint.rules["image-unsupported-line"]

violations contains {
	"at": ["servers", i, "container", "image"],
	"facts": {"line": line.name, "last": line.last, "ended": line.ended, "others": concat(" and ", line.others)},
} if {
	some i in _stated
	line := input.model.servers[i].line
	line.maintained == false
	is_string(line.last)
	is_string(line.ended)
}

violations contains {
	"at": ["servers", i, "container", "image"],
	"case": "old",
	"facts": {"line": line.name, "others": concat(" and ", line.others)},
} if {
	some i in _stated
	line := input.model.servers[i].line
	line.maintained == false
	is_null(line.last)
}

# Who runs which version is known where no chart decides it, where it is known which, or where somebody chose the image.
_stated contains i if {
	some i, server in input.model.servers
	is_null(server.chart)
}

_stated contains i if {
	some i, server in input.model.servers
	is_object(server.chart.version)
}

_stated contains i if {
	some i, server in input.model.servers
	some image in server.images
	image.part == "server"
}
