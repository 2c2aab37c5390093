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
	open := _open(server.exposures)
}

# Strangers certainly reach a listener of the clients.
_open(exposures) := count(ways) != 0 if {
	ways := [way |
		some way in exposures
		way.internal == false
		way.listener in ["client", "websocket", "mqtt"]
	]
}

_case := {true: "exposed", false: "default"}
