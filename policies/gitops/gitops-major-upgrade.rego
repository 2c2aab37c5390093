# Some steps from one version to the next are made by hand.
package natslint.rules["gitops-major-upgrade"]

import data.natslint.lib.older
import data.natslint.lib.reached

violations contains {
	"at": ["servers", i, "chart", "version", "text"],
	"case": step.case,
	"facts": {"was": old.chart.version.text, "now": server.chart.version.text},
} if {
	some i, server in input.model.servers
	old := input.base.servers[i]
	server.chart.name == "nats"
	server.chart.repository == "nats-io"
	old.chart.name == "nats"
	old.chart.repository == "nats-io"
	some step in _steps
	older(old.chart.version.parts, step.to)
	reached(server.chart.version.parts, step.to)
	_is_last(server.chart.version.parts, step.next)
}

# What is told of a step is told of the last one alone.
_is_last(_, next) if is_null(next)

_is_last(parts, next) if older(parts, next)

_steps := [
	{"to": [0, 12], "next": [0, 15], "case": "default"},
	{"to": [0, 15], "next": [1], "case": "default"},
	{"to": [1], "next": null, "case": "generation"},
]

violations contains {
	"at": ["servers", i, "version", "text"],
	"case": "server",
	"facts": {"was": old.version.text, "now": server.version.text},
} if {
	some i, server in input.model.servers
	old := input.base.servers[i]
	server.kind == "nats"
	old.kind == "nats"
	is_object(server.config.jetstream)
	older(old.version.parts, [2, 12])
	reached(server.version.parts, [2, 12])
}
