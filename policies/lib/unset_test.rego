package natslint.lib_test

import data.natslint.lib.closed
import data.natslint.lib.given
import data.natslint.lib.listens
import data.natslint.lib.none
import data.natslint.lib.some_of
import data.natslint.lib.unset

test_an_empty_text_is_not_set if {
	unset(null)
	unset("")
	given("a")
	not unset("a")
	not given("")
	not given(null)
}

test_a_port_of_zero_is_none if {
	listens(-1)
	listens(4222)
	closed(null)
	closed(0)
	not listens(0)
	not listens(null)
	not closed(-1)
}

test_an_empty_list_is_none if {
	none(null)
	none([])
	some_of([1])
	not none([1])
	not some_of([])
	not some_of(null)
}
