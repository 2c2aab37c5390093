# Nobody chose the version that a range finds next.
package natslint.rules["gitops-chart-version-floating"]

import data.natslint.lib.given

violations contains {
	"at": ["installations", i, "version"],
	"case": _case[one.pin],
	"facts": {"chart": one.chart, "version": _written(one.version)},
} if {
	some i, one in input.model.installations
	given(one.chart)
}

_case := {"patch": "patch", "range": "default", "none": "none"}

_written(version) := version if is_string(version)

_written(version) := "nothing" if is_null(version)
