# What every policy knows about its input, so that a mistyped field is an error of the compiler.
#
# METADATA
# title: natslint
# scope: subpackages
# schemas:
#   - input: schema.input
package natslint
