package natslint.lib_test

import data.natslint.lib.option

test_an_option_is_read_under_its_rule if {
	option("some-rule", "least") == 3 with input as {"options": {"some-rule": {"least": 3}, "other": {"least": 4}}}
}

test_an_option_that_is_false_is_read if {
	option("some-rule", "strict") == false with input as {"options": {"some-rule": {"strict": false}}}
}

test_an_option_nobody_set_is_not_known if {
	not option("some-rule", "least") with input as {"options": {}}
}
