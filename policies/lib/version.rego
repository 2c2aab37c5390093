# Comparing versions by their parts, [2, 14, 2]. What a version does not say is not known: 2.14 is neither
# `older` than 2.14.2 nor has it `reached` it, so the one is not the other's `not`.
package natslint.lib

# A version stands before another.
older(parts, other) if {
	i := _first_difference(parts, other)
	less(parts[i], other[i])
}

# A version is another or stands behind it.
reached(parts, other) if {
	i := _first_difference(parts, other)
	greater(parts[i], other[i])
}

reached(parts, other) if {
	is_array(parts)
	is_array(other)
	rest := array.slice(other, count(parts), count(other))
	array.concat(array.slice(parts, 0, count(other)), rest) == other
	{part | some part in rest; part != 0} == set()
}

_first_difference(parts, other) := min({i | some i, part in parts; part != other[i]})
