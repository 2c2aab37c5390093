# The first APIs of cert-manager are gone, and with them the fields of their time.
package natslint.rules["cert-manager-removed-api"]

violations contains {
	"at": ["servers", i, "previews", j, "apiVersion"],
	"facts": {"api": one.apiVersion, "kind": one.kind},
} if {
	some i, server in input.model.servers
	some j, one in server.previews
	regex.match(`^(cert-manager\.io/v1(alpha2|alpha3|beta1)|certmanager\.k8s\.io/.*)$`, one.apiVersion)
}
