// The streams and buckets that the queue is made of: created where they are missing, checked where they are there.
// One that somebody made otherwise is left as it is and told: its messages may be wanted.

import {
  AckPolicy,
  DiscardPolicy,
  JetStreamApiCodes,
  JetStreamApiError,
  type JetStreamManager,
  RetentionPolicy,
  StorageType,
  type StreamConfig,
} from "@nats-io/jetstream";
import { type KV, Kvm } from "@nats-io/kv";
import { nanos } from "@nats-io/transport-node";
import { DUPLICATE_WINDOW, type QueueTimes } from "./queue.ts";

/** How the parts of one queue are named. */
export interface Names {
  readonly jobs: string;
  readonly dead: string;
  readonly jobSubject: string;
  readonly deadSubject: string;
  readonly consumer: string;
  readonly leases: string;
  readonly notes: string;
}

export interface StreamOptions {
  /** Copies of each message: 1, 3 or 5. Only used for what is created. */
  readonly replicas: number;
  /** Jobs that may wait. Only used when the stream is created. */
  readonly capacity: number;
  readonly times: QueueTimes;
}

export interface Buckets {
  readonly leases: KV;
  readonly notes: KV;
}

/** Two services on one NATS have two names. */
export function namesOf(name: string): Names {
  const upper = name.toUpperCase();
  return {
    jobs: `${upper}_JOBS`,
    dead: `${upper}_DEAD`,
    jobSubject: `${name}.job`,
    deadSubject: `${name}.dead`,
    consumer: "workers",
    leases: `${upper}_LEASES`,
    notes: `${upper}_NOTES`,
  };
}

/** Makes or checks all parts. Throws an Error that names what does not fit. */
export async function ensureStreams(manager: JetStreamManager, names: Names, options: StreamOptions): Promise<Buckets> {
  const { replicas, capacity, times } = options;
  await ensureStream(manager, {
    name: names.jobs,
    subjects: [`${names.jobSubject}.>`],
    retention: RetentionPolicy.Workqueue,
    storage: StorageType.File,
    discard: DiscardPolicy.New,
    max_msgs_per_subject: 1,
    max_msgs: capacity,
    max_bytes: 256 * 1024 * 1024,
    max_msg_size: 64 * 1024,
    duplicate_window: nanos(DUPLICATE_WINDOW),
    num_replicas: replicas,
    description: "natslint: pull requests that wait to be linted, the latest push of each",
  });
  await ensureStream(manager, {
    name: names.dead,
    subjects: [`${names.deadSubject}.>`],
    retention: RetentionPolicy.Limits,
    storage: StorageType.File,
    discard: DiscardPolicy.Old,
    max_msgs_per_subject: 1,
    max_msgs: 10_000,
    max_bytes: 16 * 1024 * 1024,
    max_age: nanos(14 * 24 * 3600_000),
    num_replicas: replicas,
    description: "natslint: jobs that were given up, and why",
  });
  // No end of deliveries and no backoff: a delivery that is put off counts for the server, and backoff would take the
  // place of ack_wait. Who works on a letter counts its tries. What waits for its next try is pending too, so that
  // few pending ones would stop all others.
  await manager.consumers.add(names.jobs, {
    durable_name: names.consumer,
    ack_policy: AckPolicy.Explicit,
    ack_wait: nanos(times.ackWait),
    max_deliver: -1,
    max_ack_pending: 20_000,
  });
  const buckets = new Kvm(manager.jetstream());
  return {
    leases: await buckets.create(names.leases, { ttl: times.leaseTime, replicas, history: 1, description: "natslint: who works on what" }),
    notes: await buckets.create(names.notes, {
      ttl: 24 * 3600_000,
      replicas,
      history: 1,
      description: "natslint: what was put off, and what replicas tell each other",
    }),
  };
}

/** What the queue is wrong without. Sizes and copies are the operator's. */
const REQUIRED = ["retention", "discard", "max_msgs_per_subject"] as const;

async function ensureStream(manager: JetStreamManager, wanted: Partial<StreamConfig> & { readonly name: string; readonly subjects: string[] }): Promise<void> {
  let config: StreamConfig;
  try {
    ({ config } = await manager.streams.info(wanted.name));
  } catch (thrown) {
    if (!(thrown instanceof JetStreamApiError && thrown.code === JetStreamApiCodes.StreamNotFound)) throw thrown;
    // Two replicas may start at once: adding the same stream twice is no error.
    await manager.streams.add(wanted);
    return;
  }
  const wrong: string[] = REQUIRED.filter((key) => config[key] !== wanted[key]).map(
    (key) => `${key} is ${String(config[key])} and has to be ${String(wanted[key])}`,
  );
  if (!wanted.subjects.every((subject) => config.subjects.includes(subject))) wrong.push(`subjects lack ${wanted.subjects.join(", ")}`);
  if (wrong.length > 0)
    throw new Error(`the stream ${wanted.name} is there with other settings: ${wrong.join("; ")}. Change or delete it, or give the queue another name`);
}
