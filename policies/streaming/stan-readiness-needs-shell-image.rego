# The official image is the server and nothing else, unless it is the one on Alpine.
package natslint.rules["stan-readiness-needs-shell-image"]

violations contains {
	"at": ["servers", i, "container", "image"],
	"facts": {"image": server.container.image, "shell": server.container.readinessProbe.exec.command[0]},
	"related": [{"at": ["servers", i, "container", "readinessProbe", "exec", "command", 0], "case": "probe"}],
} if {
	some i in _bare
	server := input.model.servers[i]
	server.container.readinessProbe.exec.command[0] in _shells
}

violations contains {
	"at": ["servers", i, "container", "image"],
	"case": "liveness",
	"facts": {"image": server.container.image, "shell": server.container.livenessProbe.exec.command[0]},
	"related": [{"at": ["servers", i, "container", "livenessProbe", "exec", "command", 0], "case": "probe"}],
} if {
	some i in _bare
	server := input.model.servers[i]
	server.container.livenessProbe.exec.command[0] in _shells
}

# What is in an image of somebody's own, or behind a digest alone, is not known.
_bare contains i if {
	some i, server in input.model.servers
	server.kind == "stan"
	regex.match(
		`^(?:(?:index\.)?docker\.io/)?(?:library/)?nats-streaming(?::(?:latest|linux|scratch|nanoserver|windowsservercore|\d[\d.]*(?:-(?:linux|scratch|nanoserver|windowsservercore)[\w.-]*)?))?$`,
		server.container.image,
	)
}

_shells := {"/bin/ash", "/bin/bash", "/bin/sh", "ash", "bash", "sh"}
