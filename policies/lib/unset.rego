# Texts and ports that the server takes for not set.
package natslint.lib

unset(value) if is_null(value)

unset(value) if value == ""

given(value) if {
	is_string(value)
	value != ""
}

# -1 is a port that the system chooses, 0 is none.
listens(port) if {
	is_number(port)
	port != 0
}

closed(port) if is_null(port)

closed(port) if port == 0

# Lists of which an empty one says as much as none.
none(values) if is_null(values)

none(values) if values == []

some_of(values) if {
	is_array(values)
	values != []
}
