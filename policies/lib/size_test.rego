package natslint.lib_test

import data.natslint.lib.size

test_sizes_are_as_short_as_they_can_be if {
	texts := {
		0: "0",
		1: "1",
		1000: "1k",
		1024: "1Ki",
		1610612736: "1536Mi",
		10000000000: "10G",
		10737418240: "10Gi",
		2199023255552: "2Ti",
	}
	{bytes | some bytes, text in texts; size(bytes) != text} == set()
}
