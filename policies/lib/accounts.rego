# The accounts of a server that no operator runs: those of its configuration, and those that it makes itself.
package natslint.lib

account_names(accounts) := {name | some name, _ in accounts} if is_object(accounts)

account_names(accounts) := set() if is_null(accounts)

local_accounts(accounts, system, none_wanted) := (account_names(accounts) | {"$G"}) | _own_system(system, none_wanted)

# The server makes one where none is named, unless it is told not to.
_own_system(system, none_wanted) := {"$SYS"} if {
	unset(system)
	none_wanted in [null, false]
}

_own_system(system, _) := set() if given(system)

_own_system(_, true) := set()

# The name of the system account that the configuration has: what it says, else $SYS where that is defined.
system_account(_, named) := named if given(named)

system_account(accounts, named) := "$SYS" if {
	unset(named)
	"$SYS" in account_names(accounts)
}
