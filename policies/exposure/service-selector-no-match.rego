# A Service whose selector passes the pods by has nobody to send connections to.
package natslint.rules["service-selector-no-match"]

violations contains {
	"at": ["servers", i, "strayServices", j, "label"],
	"facts": {"label": stray.label, "has": stray.has},
	"related": [{"at": ["servers", i, "workload", "pod", "labels"], "case": "pods"}],
} if {
	some i, server in input.model.servers
	some j, stray in server.strayServices
	stray.by == "label"
	is_string(stray.has)
}

violations contains {
	"at": ["servers", i, "strayServices", j, "label"],
	"case": "lacking",
	"facts": {"label": stray.label},
	"related": [{"at": ["servers", i, "workload", "pod", "labels"], "case": "pods"}],
} if {
	some i, server in input.model.servers
	some j, stray in server.strayServices
	stray.by == "label"
	is_null(stray.has)
}

violations contains {
	"at": ["servers", i, "strayServices", j, "label"],
	"case": "namespace",
	"facts": {"namespace": stray.label, "has": stray.has},
	"related": [{"at": ["servers", i, "workload", "pod", "labels"], "case": "pods"}],
} if {
	some i, server in input.model.servers
	some j, stray in server.strayServices
	stray.by == "namespace"
	is_string(stray.has)
}
