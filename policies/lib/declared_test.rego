package natslint.lib_test

import data.natslint.lib.declared_production

test_production_is_declared if {
	declared_production("production", "declared")
	not declared_production("production", "guessed")
	not declared_production("staging", "declared")
}
