package natslint.lib_test

import data.natslint.lib.grouped
import data.natslint.lib.ungrouped

test_a_name_makes_a_group if {
	grouped("stan")
	not ungrouped("stan")
}

test_a_number_makes_a_group if {
	grouped(1)
	not ungrouped(1)
}

test_an_empty_name_makes_none if {
	ungrouped("")
	not grouped("")
}

test_no_name_makes_none if {
	ungrouped(null)
	not grouped(null)
}
