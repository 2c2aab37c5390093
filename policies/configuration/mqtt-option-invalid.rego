# Waiting takes time, and a consumer is no safer than its stream.
package natslint.rules["mqtt-option-invalid"]

import data.natslint.lib.greater
import data.natslint.lib.less
import data.natslint.lib.listens
import data.natslint.lib.older

violations contains {
	"at": ["servers", i, "config", "mqtt", key],
	"facts": {"key": key},
} if {
	some i, server in input.model.servers
	listens(server.config.mqtt.port)
	some key in ["ack_wait", "js_api_timeout"]
	less(server.config.mqtt[key], 0)
}

violations contains {
	"at": ["servers", i, "config", "mqtt", "consumer_replicas"],
	"case": "replicas",
	"facts": {"consumers": consumers, "streams": streams},
} if {
	some i, server in input.model.servers
	listens(server.config.mqtt.port)
	older(server.version.parts, [2, 9, 12])
	consumers := server.config.mqtt.consumer_replicas
	streams := server.config.mqtt.stream_replicas
	greater(streams, 0)
	greater(consumers, streams)
}
