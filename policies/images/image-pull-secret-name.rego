# No Secret can have a name that Kubernetes allows no object to have.
package natslint.rules["image-pull-secret-name"]

violations contains {
	"at": ["servers", i, "workload", "pod", "imagePullSecrets", j, "name"],
	"facts": {"name": secret.name},
} if {
	some i, server in input.model.servers
	some j, secret in server.workload.pod.imagePullSecrets
	is_string(secret.name)
	secret.name != ""
	name := secret.name
	not regex.match(`^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$`, name)
}
