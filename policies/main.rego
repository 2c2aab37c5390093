# The one entrypoint: what every rule says about the input, each under the rule's id.
package natslint.main

answer := {"nonce": input.nonce, "violations": violations}

violations contains object.union(one, {"rule": id}) if {
	some id, said in data.natslint.rules
	some one in said.violations
}
