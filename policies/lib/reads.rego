# What the server makes of a text, in the words of a message.
package natslint.lib

words(reads) := {
	"string": "another text",
	"integer": "an integer",
	"float": "a decimal number",
	"boolean": "a boolean",
	"date": "a date",
	"variable": "a variable",
	"list": "a list",
	"map": "a map",
	"error": "an error",
	"vanishes": "nothing",
	"split": "only a part of it",
}[reads]
