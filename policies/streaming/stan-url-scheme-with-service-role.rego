# The URL is put together around the address, so the address has no beginning of its own.
package natslint.rules["stan-url-scheme-with-service-role"]

violations contains {
	"at": ["servers", i, "serviceRole", "service"],
	"facts": {"url": url},
	"fix": {"set": rest},
} if {
	some i, server in input.model.servers
	url := server.serviceRole.service
	[_, rest] := split(url, "://")

	# Credentials are not shown here, so what a fix would write is not known.
	not contains(url, "@")
}

violations contains {
	"at": ["servers", i, "serviceRole", "service"],
	"facts": {"url": url},
} if {
	some i, server in input.model.servers
	url := server.serviceRole.service
	contains(url, "://")
	contains(url, "@")
}

violations contains {
	"at": ["servers", i, "serviceRole", "secret"],
	"case": "cluster",
	"facts": {"secret": secret},
} if {
	some i, server in input.model.servers
	secret := server.serviceRole.secret
	endswith(secret, "--bound-token")
}
