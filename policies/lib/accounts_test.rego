package natslint.lib_test

import data.natslint.lib.account_names
import data.natslint.lib.local_accounts
import data.natslint.lib.system_account

test_accounts_by_name if {
	account_names({"A": {}, "B": null}) == {"A", "B"}
	account_names(null) == set()
}

test_the_server_makes_accounts_of_its_own if {
	local_accounts({"A": {}}, null, null) == {"A", "$G", "$SYS"}
	local_accounts(null, "", false) == {"$G", "$SYS"}
	local_accounts(null, null, true) == {"$G"}
	local_accounts({"S": {}}, "S", null) == {"S", "$G"}
}

test_the_system_account_is_named_or_called_so if {
	system_account({"A": {}}, "A") == "A"
	system_account({"$SYS": {}}, null) == "$SYS"
	not system_account({"A": {}}, null)
}
