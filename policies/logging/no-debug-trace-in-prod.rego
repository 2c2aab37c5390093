# A server that logs each protocol line has time for little else.
package natslint.rules["no-debug-trace-in-prod"]

violations contains {
	"at": ["servers", i, "config", "debug"],
	"facts": {"key": "debug"},
	"fix": {"set": false},
} if {
	some i, server in input.model.servers
	server.config.debug == true
}

# `trace_verbose` and `trace_headers` turn trace on, so the model has one switch for the three.
violations contains {
	"at": ["servers", i, "config", "trace"],
	"case": "trace",
	"facts": {"key": "trace"},
	"fix": {"set": false},
} if {
	some i, server in input.model.servers
	server.config.trace == true
}

violations contains {
	"at": ["servers", i, "streaming", "stan_debug"],
	"facts": {"key": "stan_debug"},
	"fix": {"set": false},
} if {
	some i, server in input.model.servers
	server.streaming.stan_debug == true
}

violations contains {
	"at": ["servers", i, "streaming", "stan_trace"],
	"case": "trace",
	"facts": {"key": "stan_trace"},
	"fix": {"set": false},
} if {
	some i, server in input.model.servers
	server.streaming.stan_trace == true
}
