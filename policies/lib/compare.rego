# Comparing numbers, and nothing but numbers: null sorts below every number in Rego, so `null < 3` holds there.
# Nothing holds of what is not a number, so the opposite of `less` is `at_least`, not `not less`.
package natslint.lib

less(a, b) if {
	is_number(a)
	is_number(b)
	a < b
}

at_most(a, b) if {
	is_number(a)
	is_number(b)
	a <= b
}

greater(a, b) if {
	is_number(a)
	is_number(b)
	a > b
}

at_least(a, b) if {
	is_number(a)
	is_number(b)
	a >= b
}
