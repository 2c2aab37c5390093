package natslint.lib_test

import data.natslint.lib.words

test_every_reading_has_words if {
	words("integer") == "an integer"
	words("vanishes") == "nothing"
}

test_no_reading_no_words if not words("nothing of the kind")
