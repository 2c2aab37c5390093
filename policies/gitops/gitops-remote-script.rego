# What is fetched as it is at the time is what its owner made of it since.
package natslint.rules["gitops-remote-script"]

violations contains {
	"at": ["repository", "fetched", i, "url"],
	"case": _case[one.how],
	"facts": {"url": one.url, "by": one.by},
} if some i, one in input.model.repository.fetched

_case := {"script": "default", "page": "page", "base": "base"}
