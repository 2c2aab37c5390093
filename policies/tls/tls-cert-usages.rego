# Between servers each end is a client once and a server once, and a certificate may be good for one of them only.
package natslint.rules["tls-cert-usages"]

violations contains {
	"at": ["servers", i, "issued", j, "usages"],
	"case": _cases[role],
	"facts": {"missing": usage},
} if {
	some i, server in input.model.servers
	some j, one in server.issued
	some role in one.roles
	some usage in _needed[role]
	usages := one.usages
	is_array(usages)
	not usage in usages
	not "any" in usages

	# Without any purpose there is no restriction to one.
	some purpose in usages
	regex.match(`auth|signing$|protection|mime|ipsec|timestamping|^other$`, purpose)
	purpose != "signing"
	purpose != "cert sign"
	purpose != "crl sign"
}

_needed := {
	"cluster": ["client auth", "server auth"],
	"gateway": ["client auth", "server auth"],
	"outgoing": ["client auth"],
	"client": ["server auth"],
	"leafnodes": ["server auth"],
	"websocket": ["server auth"],
	"mqtt": ["server auth"],
}

_cases := {
	"cluster": "default",
	"gateway": "default",
	"outgoing": "outgoing",
	"client": "listener",
	"leafnodes": "listener",
	"websocket": "listener",
	"mqtt": "listener",
}
