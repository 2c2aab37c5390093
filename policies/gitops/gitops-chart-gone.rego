# What is not served any more is installed from somebody's cache, if at all.
package natslint.rules["gitops-chart-gone"]

violations contains {
	"at": ["installations", i, "repository"],
	"facts": {"repository": one.repository},
} if {
	some i, one in input.model.installations
	regex.match(`kubernetes-charts(-incubator)?\.storage\.googleapis\.com`, one.repository)
}

violations contains {
	"at": ["installations", i, "version"],
	"case": "stan",
	"facts": {},
} if {
	some i, one in input.model.installations
	one.chart == "stan"
	one.owner == "nats-io"
	one.pin in ["range", "none"]
}
