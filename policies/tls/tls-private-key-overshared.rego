# A Secret that holds other people's keys gives them to whoever gets hold of one pod.
package natslint.rules["tls-private-key-overshared"]

violations contains {
	"at": ["servers", i, "sharedKeys", j, "entry"],
	"case": _case(one.authority),
	"on": "key",
	"facts": {"secret": one.secret, "entry": one.entry},
} if {
	some i, server in input.model.servers
	some j, one in server.sharedKeys
}

_case(authority) := "authority" if authority == true

_case(authority) := "default" if authority == false
