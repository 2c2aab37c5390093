# Routes are for the servers of one cluster, and nobody else.
package natslint.rules["cluster-port-exposed"]

violations contains {
	"at": ["servers", i, "exposures", j, "port"],
	"facts": {"through": through},
} if {
	some i, server in input.model.servers
	_stays_inside(server.config.cluster.advertise)
	some j, way in server.exposures
	way.listener == "cluster"
	through := way.through
	not through in ["hostPort", "hostNetwork"]
}

# A cluster over several networks says where each of its servers is found.
_stays_inside(advertise) if is_null(advertise)

_stays_inside(advertise) if regex.match(`\.svc(\.[a-z0-9.-]+)?(:[0-9]+)?$`, advertise)
