# Clients without credentials are taken for somebody, who has to be there.
package natslint.rules["no-auth-user-invalid"]

import data.natslint.lib.given
import data.natslint.lib.listens
import data.natslint.lib.none
import data.natslint.lib.some_of

violations contains {
	"at": array.concat(["servers", i, "config"], path),
	"facts": {"name": name},
} if {
	some [i, path, name] in _named
	server := input.model.servers[i]
	none(server.config.operator)
	is_array(server.users)
	names := [user.name | some user in server.users]
	count(names) == count(server.users)
	not name in names
}

violations contains {
	"at": array.concat(["servers", i, "config"], path),
	"case": "operator",
	"facts": {},
} if {
	some [i, path, _] in _named
	some_of(input.model.servers[i].config.operator)
}

_named contains [i, ["no_auth_user"], name] if {
	some i, server in input.model.servers
	name := server.config.no_auth_user
	given(name)
}

_named contains [i, [listener, "no_auth_user"], name] if {
	some i, server in input.model.servers
	some listener in ["websocket", "mqtt"]
	listens(server.config[listener].port)
	name := server.config[listener].no_auth_user
	given(name)
}
