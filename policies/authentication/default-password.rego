# What a manual prints is known to everybody.
package natslint.rules["default-password"]

violations contains {
	"at": ["servers", i, "credentials", j],
	"on": "value",
	"case": _case[open],
	"facts": {"whose": one.whose, "what": one.what},
} if {
	some i, server in input.model.servers
	some j, one in server.credentials
	one.guess == "sample"
	one.whose != "JetStream"
	open := _open(server.exposures)
}

# Strangers certainly reach a listener of the clients.
_open(exposures) if {
	some way in exposures
	way.internal == false
	way.listener in _clients
}

_open(exposures) := false if {
	others := [way |
		some way in exposures
		_inside(way.internal, way.listener)
	]
	count(others) == count(exposures)
}

_open(exposures) := false if is_null(exposures)

_inside(internal, _) if internal == true

_inside(internal, listener) if {
	internal == false
	{listener} & _clients == set()
}

_clients := {"client", "websocket", "mqtt"}

_case := {true: "exposed", false: "default"}
