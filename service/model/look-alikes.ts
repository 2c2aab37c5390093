// What is taken for a chart of NATS by its keys and is none.

import type { DialectName } from "./charts.ts";
import { type Fingerprint, has, isMap } from "./fingerprints.ts";

/**
 * Charts and products that resemble these and are none of them: the key says which. Their values are not judged,
 * because their templates may read anything. What has a dialect of its own is no product of others to that dialect.
 */
export const LOOK_ALIKES: readonly (readonly [Fingerprint, string, ...own: readonly DialectName[]])[] = [
  [["images.nats", isMap], "a fork that has its images under `images`"],
  [["images.stan", isMap], "a fork that has its images under `images`"],
  [["nats.jetStream", isMap], "a fork that writes `jetStream`"],
  [["nats.ports", isMap], "a fork that has `nats.ports`"],
  [["config.servers", (node) => node.kind !== "map"], "Surveyor"],
  ["expectedServers", "Surveyor"],
  [["jetstream.nats", has("url")], "NACK", "nack"],
  ["jetstream.controlLoop", "NACK", "nack"],
  [["accountserver", isMap], "the account server"],
  [["natskafka", isMap], "the Kafka bridge"],
  [["cluster", has("natsSvc", "size", "create")], "a chart that makes custom resources of an operator", "nats-operator", "nats-streaming-operator"],
  ["clusterScoped", "an operator", "nats-operator", "nats-streaming-operator"],
  [["nats", has("existingSecret", "channel", "external", "server", "servers", "uri")], "a product's own settings"],
  [["config.nats", has("server", "servers", "host", "leaf")], "a product's own settings"],
  [["config.authorization", has("enabled", "user", "username")], "a chart of its own that imitates the NATS chart"],
];
