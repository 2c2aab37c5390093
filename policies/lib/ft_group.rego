# Is NATS Streaming told to be one of a fault tolerance group? An empty name is none. The server refuses a name that it
# reads as a number, but whoever wrote it wants a group.
package natslint.lib

grouped(ft_group) if {
	is_string(ft_group)
	ft_group != ""
}

grouped(ft_group) if is_number(ft_group)

ungrouped(ft_group) if is_null(ft_group)

ungrouped(ft_group) if ft_group == ""
