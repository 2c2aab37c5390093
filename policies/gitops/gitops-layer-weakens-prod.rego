# Production is expected to be at least as strong as what is tried before it.
package natslint.rules["gitops-layer-weakens-prod"]

violations contains {
	"at": ["repository", "weaker", i, "value"],
	"facts": {"setting": one.setting, "value": one.value, "other": one.other, "where": one.where},
	"related": [{"at": ["repository", "weaker", i, "other"]}],
} if some i, one in input.model.repository.weaker
