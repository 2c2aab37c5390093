# The URLs of one remote are ways to the same hub, tried with the same settings.
package natslint.rules["leafnode-remote-mixed-schemes"]

violations contains {
	"at": ["servers", i, "config", "leafnodes", "remotes", j, "url"],
	"facts": {},
} if {
	some i, server in input.model.servers
	some j, remote in server.config.leafnodes.remotes
	websocket := [url | some url in remote.url; regex.match(`^(?i)\s*wss?://`, url)]
	all := count(remote.url)
	not count(websocket) in [0, all]
}
