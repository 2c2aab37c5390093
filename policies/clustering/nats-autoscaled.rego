# A server that is scaled away stays a member with a vote.
package natslint.rules["nats-autoscaled"]

violations contains {
	"at": ["servers", i, "autoscalers", j, "kind"],
	"case": _case(one.kind, [server.config.jetstream, server.kind]),
	"facts": {"kind": one.kind},
} if {
	some i, server in input.model.servers
	some j, one in server.autoscalers
}

_case(kind, [jetstream, _]) := "default" if {
	kind != "VerticalPodAutoscaler"
	is_object(jetstream)
}

_case(kind, [_, server]) := "default" if {
	kind != "VerticalPodAutoscaler"
	server == "stan"
}

_case(kind, [jetstream, server]) := "core" if {
	kind != "VerticalPodAutoscaler"
	is_null(jetstream)
	server == "nats"
}

_case(kind, [jetstream, _]) := "vertical" if {
	kind == "VerticalPodAutoscaler"
	is_object(jetstream)
}

_case(kind, [_, server]) := "vertical" if {
	kind == "VerticalPodAutoscaler"
	server == "stan"
}
