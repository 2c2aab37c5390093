# What replaces a StatefulSet deletes it first, with all of its pods.
package natslint.rules["gitops-ldm-sync-hook"]

violations contains {
	"at": ["installations", i, "syncOptions", j],
	"facts": {"option": option, "name": one.name},
} if {
	some i, one in input.model.installations
	is_string(one.name)
	some j, option in one.syncOptions
	option in ["Replace=true", "Force=true"]
	one.chart in ["nats", "stan"]
}
