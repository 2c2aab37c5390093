// The queue of several replicas: a JetStream work queue with one subject for each key, shared by one durable consumer.
// What a worker holds when it dies comes again; what cannot be done goes to a stream of dead letters.

import {
  type Consumer,
  type JetStreamClient,
  type JetStreamManager,
  type JsMsg,
  JetStreamApiCodes,
  JetStreamApiError,
  jetstream,
  jetstreamManager,
} from "@nats-io/jetstream";
import { headers, type NatsConnection } from "@nats-io/transport-node";
import { addressProblem, connectQueue, type QueueAddress } from "./connection.ts";
import { takeLease } from "./leases.ts";
import {
  type Depth,
  delayAfter,
  type Handle,
  type JobQueue,
  type Letter,
  type Outcome,
  QUEUE_TIMES,
  QueueUnavailable,
  type QueueTimes,
  type Work,
} from "./queue.ts";
import { type Buckets, ensureStreams, type Names, namesOf } from "./streams.ts";

export interface JetStreamQueueOptions {
  readonly address: QueueAddress;
  /** Lower-case letters, digits and dashes; streams, buckets and subjects are named after it. */
  readonly name?: string;
  readonly replicas?: number;
  readonly capacity?: number;
  readonly times?: Partial<QueueTimes>;
}

/** All that working on letters needs. */
interface Post {
  readonly connection: NatsConnection;
  readonly client: JetStreamClient;
  readonly manager: JetStreamManager;
  readonly buckets: Buckets;
  readonly names: Names;
  readonly times: QueueTimes;
  readonly ensure: () => Promise<Buckets>;
}

/** Connects, makes or checks the streams. Throws an Error in one sentence when the queue cannot be used. */
export async function jetStreamQueue(options: JetStreamQueueOptions): Promise<JobQueue> {
  const wrong = addressProblem(options.address);
  if (wrong !== null) throw new Error(`the queue's address is wrong: ${wrong}`);
  const names = namesOf(options.name ?? "natslint");
  const times = { ...QUEUE_TIMES, ...options.times };
  const connection = await connectQueue(options.address);
  try {
    const manager = await jetstreamManager(connection);
    const ensure = (): Promise<Buckets> => ensureStreams(manager, names, { replicas: options.replicas ?? 1, capacity: options.capacity ?? 100_000, times });
    return queueOver({ connection, client: jetstream(connection), manager, buckets: await ensure(), names, times, ensure });
  } catch (thrown) {
    await connection.close();
    throw new Error(`the queue cannot be used: ${thrown instanceof Error ? thrown.message : "unknown error"}`, { cause: thrown });
  }
}

function queueOver(post: Post): JobQueue {
  const { connection, client, manager, buckets, names, times } = post;
  const state = { connected: true, closed: false, fullUntil: 0 };
  void watch(connection, state);
  const kept = async <T>(what: Promise<T>): Promise<T> => {
    try {
      return await what;
    } catch (thrown) {
      throw new QueueUnavailable("the queue does not answer", { cause: thrown });
    }
  };
  return {
    put: async ({ key, id, body }: Letter) => {
      try {
        const { duplicate } = await client.publish(`${names.jobSubject}.${key}`, body, { msgID: id, timeout: times.putTimeout, retries: 4 });
        state.fullUntil = 0;
        return duplicate ? "duplicate" : "queued";
      } catch (thrown) {
        const full = FULL.has((thrown as { readonly code?: number }).code ?? 0);
        if (full) state.fullUntil = Date.now() + 15_000;
        throw new QueueUnavailable(full ? "the queue is full" : "the queue does not take letters", { cause: thrown });
      }
    },
    work: (slots, handle) => work(post, slots, handle),
    lease: (name) => takeLease(buckets.leases, name, times.leaseTime),
    note: (name, text) => kept(text === null ? buckets.notes.purge(`note.${name}`) : buckets.notes.put(`note.${name}`, text).then(() => undefined)),
    noted: async (name) => {
      const found = await kept(buckets.notes.get(`note.${name}`));
      return found?.operation === "PUT" ? found.string() : null;
    },
    problem: () => {
      if (state.closed) return "the connection to the queue is closed";
      if (!state.connected) return "the queue is not connected";
      return state.fullUntil > Date.now() ? "the queue is full" : null;
    },
    depth: () => kept(depthOf(post)),
    close: async () => {
      const late = new Promise<void>((_, reject) => setTimeout(reject, 2_000).unref());
      // A server that answers nothing is not waited for: what is kept is kept, and what is not comes again.
      await Promise.race([connection.drain(), late]).catch(() => Promise.race([connection.close(), late]).catch(() => undefined));
    },
  };

  async function depthOf({ names: { jobs, consumer, dead } }: Post): Promise<Depth> {
    const [info, given] = await Promise.all([manager.consumers.info(jobs, consumer), manager.streams.info(dead)]);
    return { waiting: info.num_pending, running: info.num_ack_pending, dead: given.state.messages };
  }
}

/** Error codes of a stream that takes no more: messages, bytes, the account's storage. */
const FULL = new Set([10077, 10122, 10047, 10028, 10023]);

async function watch(connection: NatsConnection, state: { connected: boolean; closed: boolean }): Promise<void> {
  void connection.closed().then(() => {
    state.closed = true;
  });
  for await (const { type } of connection.status()) {
    if (type === "disconnect" || type === "staleConnection") state.connected = false;
    else if (type === "reconnect") state.connected = true;
  }
}

/** Each slot asks for one letter at a time, so that nothing lies about in this process while another could do it. */
function work(post: Post, slots: number, handle: Handle): Work {
  const stopping = new AbortController();
  const running = Array.from({ length: slots }, () => slot(post, handle, stopping.signal));
  return {
    stop: async () => {
      stopping.abort();
      await Promise.all(running);
    },
  };
}

async function slot(post: Post, handle: Handle, stopping: AbortSignal): Promise<void> {
  let consumer: Consumer | null = null;
  while (!stopping.aborted && !post.connection.isClosed()) {
    try {
      consumer ??= await post.client.consumers.get(post.names.jobs, post.names.consumer);
      await next(post, consumer, handle, stopping);
    } catch (thrown) {
      consumer = null;
      // A server that lost its disk has no streams any more.
      if (isGone(thrown)) await post.ensure().catch(() => undefined);
      await pause(500, stopping);
    }
  }
}

/** Waits some seconds for a letter and has it handled: a server that restarts forgets who waits. The server gives nothing to whom nobody listens any more, so that closing loses no letter. */
async function next(post: Post, consumer: Consumer, handle: Handle, stopping: AbortSignal): Promise<void> {
  const asked = await consumer.fetch({ max_messages: 1, expires: 5_000, idle_heartbeat: 1_000, bind: true });
  const close = (): void => void asked.close();
  stopping.addEventListener("abort", close);
  try {
    for await (const message of asked) {
      if (stopping.aborted) message.nak();
      else await deliver(post, message, handle);
    }
  } finally {
    stopping.removeEventListener("abort", close);
  }
}

function isGone(thrown: unknown): boolean {
  const gone: readonly number[] = [JetStreamApiCodes.StreamNotFound, JetStreamApiCodes.ConsumerNotFound];
  return thrown instanceof JetStreamApiError && gone.includes(thrown.code);
}

async function deliver(post: Post, message: JsMsg, handle: Handle): Promise<void> {
  const key = message.subject.slice(post.names.jobSubject.length + 1);
  const beat = setInterval(() => message.working(), post.times.ackWait / 3);
  try {
    const putOff = message.info.deliveryCount > 1 ? await timesPutOff(post, key, message.seq) : 0;
    const attempt = Math.max(1, message.info.deliveryCount - putOff);
    const outcome = await handle({ key, body: message.string(), attempt }).catch((): Outcome => ({ kind: "failed" }));
    await settle(post, message, key, outcome, attempt, putOff);
  } finally {
    clearInterval(beat);
  }
}

async function settle(post: Post, message: JsMsg, key: string, outcome: Outcome, attempt: number, putOff: number): Promise<void> {
  if (outcome.kind === "failed") {
    message.nak(delayAfter(attempt, post.times.delays));
  } else if (outcome.kind === "put off") {
    await post.buckets.notes.put(`off.${key}`, JSON.stringify({ seq: message.seq, count: putOff + 1 })).catch(() => undefined);
    message.nak(Math.max(1, outcome.after));
  } else {
    if (outcome.kind === "dead") await bury(post, message, key, outcome.why, attempt);
    // An ack that gets lost means a second run, which changes nothing.
    if (!(await message.ackAck({ timeout: post.times.putTimeout }).catch(() => false))) message.ack();
  }
}

/** Throws when the letter cannot be kept, so that it is delivered again rather than lost. */
async function bury({ client, names, times }: Post, message: JsMsg, key: string, why: string, attempt: number): Promise<void> {
  const header = headers();
  header.set("Natslint-Why", why.replace(/[^\x20-\x7e]/g, "?").slice(0, 500));
  header.set("Natslint-Attempts", String(attempt));
  await client.publish(`${names.deadSubject}.${key}`, message.data, { headers: header, timeout: times.putTimeout });
}

/** How often this very letter was put off: those deliveries were no tries. */
async function timesPutOff({ buckets }: Post, key: string, seq: number): Promise<number> {
  const note = await buckets.notes.get(`off.${key}`).catch(() => null);
  const kept = note === null || note.operation !== "PUT" ? null : (JSON.parse(note.string()) as { readonly seq: number; readonly count: number });
  return kept?.seq === seq ? kept.count : 0;
}

function pause(milliseconds: number, stopping: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      stopping.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    stopping.addEventListener("abort", end);
  });
}
