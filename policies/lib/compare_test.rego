package natslint.lib_test

import data.natslint.lib.at_least
import data.natslint.lib.at_most
import data.natslint.lib.greater
import data.natslint.lib.less

test_numbers_compare if {
	less(2, 3)
	at_most(3, 3)
	greater(3, 2)
	at_least(3, 3)
	not less(3, 3)
	not at_most(4, 3)
	not greater(3, 3)
	not at_least(2, 3)
}

test_fractions_compare if {
	less(0.5, 1)
	greater(1.5, 1)
}

test_nothing_holds_of_what_is_no_number if {
	holding := {other |
		some other in [null, "2", true, [], {}]
		some holds in [
			{1 | less(other, 3)},
			{1 | less(3, other)},
			{1 | at_most(other, 3)},
			{1 | at_most(3, other)},
			{1 | greater(other, 3)},
			{1 | greater(3, other)},
			{1 | at_least(other, 3)},
			{1 | at_least(3, other)},
		]
		count(holds) > 0
	}
	holding == set()
}
