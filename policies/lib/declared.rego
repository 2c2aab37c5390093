# What is right to ask for in production alone, and too much to ask of whoever did not say that it is production.
package natslint.lib

declared_production(environment, from) if {
	environment == "production"
	from == "declared"
}
