package natslint.lib_test

import data.natslint.lib.older
import data.natslint.lib.reached

# Each row: a version, another, whether it is older, whether it has reached it.
_versions := [
	[[2, 9, 25], [2, 10, 0], true, false],
	[[2, 10, 0], [2, 9, 25], false, true],
	[[2, 10, 0], [2, 10, 0], false, true],
	[[2, 10, 3], [2, 10], false, true],
	[[2, 9, 3], [2, 10], true, false],
	[[2, 10], [2, 10, 0], false, true],
	[[2, 10], [2, 10, 3], false, false],
	[[3], [2, 10, 3], false, true],
	[[1], [2, 10, 3], true, false],
	[[2, 10, 10], [2, 10, 9], false, true],
	[[], [2], false, false],
	[null, [2], false, false],
	[[2], null, false, false],
	["2.10.0", [2, 10, 0], false, false],
	[[2, null], [2, 10], false, false],
]

test_versions_compare_by_their_parts if {
	wrong := {row |
		some row in _versions
		said := [count({1 | older(row[0], row[1])}) == 1, count({1 | reached(row[0], row[1])}) == 1]
		said != [row[2], row[3]]
	}
	wrong == set()
}
