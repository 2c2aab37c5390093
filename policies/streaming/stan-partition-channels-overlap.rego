# A channel belongs to one partition.
package natslint.rules["stan-partition-channels-overlap"]

violations contains {
	"at": ["repository", "partitionChannels", i, "channel"],
	"case": _case[one.refused],
	"facts": {"channel": one.channel, "theirs": one.theirs, "other": one.other},
	"related": [{"at": ["repository", "partitionChannels", i, "other"]}],
} if some i, one in input.model.repository.partitionChannels

_case := {true: "default", false: "unseen"}
