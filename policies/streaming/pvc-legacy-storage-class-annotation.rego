# The class of a claim has a field, and the annotation before it still wins.
package natslint.rules["pvc-legacy-storage-class-annotation"]

violations contains {
	"at": array.concat(at, ["storageClassAnnotation"]),
	"facts": {"class": annotation},
} if {
	some [at, annotation, field] in _annotated
	is_null(field)
}

violations contains {
	"at": array.concat(at, ["storageClassAnnotation"]),
	"case": "other",
	"facts": {"class": annotation, "field": field},
	"related": [{"at": array.concat(at, ["storageClassField"]), "case": "field"}],
} if {
	some [at, annotation, field] in _annotated
	is_string(field)
	field != annotation
}

violations contains {
	"at": array.concat(at, ["storageClassAnnotation"]),
	"case": "same",
	"facts": {"class": annotation},
} if {
	some [at, annotation, field] in _annotated
	field == annotation
}

_annotated contains [["servers", i, "workload", "volumeClaimTemplates", j], template.storageClassAnnotation, template.storageClassField] if {
	some i, server in input.model.servers
	some j, template in server.workload.volumeClaimTemplates
	is_string(template.storageClassAnnotation)
}

_annotated contains [["servers", i, "container", "volumeMounts", j, "volume"], volume.storageClassAnnotation, volume.storageClassField] if {
	some i, server in input.model.servers
	some j, mount in server.container.volumeMounts
	volume := mount.volume
	volume.source == "persistentVolumeClaim"
	is_string(volume.storageClassAnnotation)
}
