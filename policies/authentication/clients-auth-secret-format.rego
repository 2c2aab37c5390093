# The operator reads its users from JSON of one shape, and only where no service accounts are asked for.
package natslint.rules["clients-auth-secret-format"]

violations contains {
	"at": ["servers", i, "resource", "clientsAuthFault", "fault"],
	"facts": {"secret": fault.secret},
} if {
	some [i, fault] in _read
	fault.fault == "json"
}

violations contains {
	"at": ["servers", i, "resource", "clientsAuthFault", "fault"],
	"case": "shape",
	"facts": {"secret": fault.secret},
} if {
	some [i, fault] in _read
	fault.fault == "shape"
}

violations contains {
	"at": ["servers", i, "resource", "clientsAuthFault", "fault"],
	"case": "empty",
	"facts": {"secret": fault.secret},
} if {
	some [i, fault] in _read
	fault.fault == "empty"
}

violations contains {
	"at": ["servers", i, "resource", "auth", "clientsAuthSecret"],
	"case": "accounts",
	"facts": {"secret": auth.clientsAuthSecret},
} if {
	some i, server in input.model.servers
	server.resource.kind == "NatsCluster"
	auth := server.resource.auth
	auth.enableServiceAccounts == true
	is_string(auth.clientsAuthSecret)
	auth.clientsAuthSecret != ""

	# The operator's chart always writes one, and calls it so.
	auth.clientsAuthSecret != concat("", [server.workload.name, "-clients-auth"])
}

# Faults of Secrets that the operator reads.
_read contains [i, server.resource.clientsAuthFault] if {
	some i, server in input.model.servers
	server.resource.kind == "NatsCluster"
	_off(server.resource.auth.enableServiceAccounts)
}

_off(on) if on == false

_off(on) if is_null(on)
