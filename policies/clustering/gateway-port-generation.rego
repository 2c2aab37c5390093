# The default of gateways' ports changed between two generations of the chart.
package natslint.rules["gateway-port-generation"]

violations contains {
	"at": ["servers", i, "config", "gateway", "gateways", j, "urls", k],
	"facts": {"port": row.foreign, "own": row.own, "other": row.other},
} if {
	some i, row in _own
	some j, remote in input.model.servers[i].config.gateway.gateways
	some k, url in remote.urls
	regex.match(_at(row.foreign), url)
}

violations contains {
	"at": ["servers", i, "config", "gateway", "gateways", j, "url"],
	"facts": {"port": row.foreign, "own": row.own, "other": row.other},
} if {
	some i, row in _own
	some j, remote in input.model.servers[i].config.gateway.gateways
	regex.match(_at(row.foreign), remote.url)
}

# The servers that listen where their generation does.
_own[i] := row if {
	some i, server in input.model.servers
	server.chart.name == "nats"
	row := {"0x": {"own": 7522, "foreign": 7222, "other": "1.x"}, "1x": {"own": 7222, "foreign": 7522, "other": "0.x"}}[server.chart.generation]
	server.config.gateway.port == row.own
}

_at(port) := concat("", [":", json.marshal(port), "/?$"])
