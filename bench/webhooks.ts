// From a webhook to its 202: one after another, and as many as can be answered, beside an express handler that is empty.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { type FakeGitHub, startFakeGitHub } from "../test/github/fake-github.ts";
import { natsServer } from "../test/host/queue/server.ts";
import { natsServerPath } from "../tools/nats-server.ts";
import { percentile, say, target, title } from "./print.ts";
import { post, startService } from "./service.ts";

const ONE_BY_ONE = 1_500;
const AT_ONCE = 16;
const SECONDS = 4;

export async function webhooks(): Promise<void> {
  const fake = await startFakeGitHub({
    seed: { repositories: [{ name: "acme/platform", branches: { main: { "a.yaml": "a: 1\n" }, topic: { "a.yaml": "a: 2\n" } } }] },
  });
  const nats = natsServerPath() === null ? null : await natsServer();
  // Nothing but receiving: what workers take from a machine of few cores is seen in the other benches.
  const memory = await startService(fake, { NATSLINT_WORKERS: "0", LOG_LEVEL: "info" });
  const jetStream = nats === null ? null : await startService(fake, { NATSLINT_WORKERS: "0", NATSLINT_QUEUE: nats.url });
  const peer = spawn(process.execPath, [join(import.meta.dirname, "empty-handler.mjs")], { stdio: ["ignore", "pipe", "inherit"] });
  try {
    const [port] = (await once(peer.stdout, "data")) as [Buffer];
    const bodies = events(fake);
    title(`webhook to 202: ${ONE_BY_ONE} one after another, then ${AT_ONCE} at a time; bodies of ${Math.round(Buffer.byteLength(bodies[0] ?? "") / 1024)} KiB`);
    const floor = await measured("empty express handler", `http://127.0.0.1:${String(port).trim()}/`, fake, bodies, null);
    const own = await measured("natslint, queue in memory", memory.webhooks, fake, bodies, floor);
    if (jetStream === null) say("no nats-server here: node tools/run.mjs tools/nats-server.ts builds one");
    else await measured("natslint, queue in JetStream", jetStream.webhooks, fake, bodies, floor);
    target("p99 of at most 10 ms", own.p99, 10);
  } finally {
    peer.kill();
    await Promise.all([memory.end(), jetStream?.end()]);
    await nats?.end();
    await fake.close();
  }
}

/** Of 500 pull requests, so that one replaces another as it is in a busy organisation. */
function events(fake: FakeGitHub): string[] {
  const pull = fake.state.repository("acme/platform").open({ head: "topic" });
  const payload = fake.payloads.pullRequest(pull, "synchronize");
  return Array.from({ length: 500 }, (_, index) =>
    JSON.stringify({ ...payload, number: index + 1, pull_request: { ...(payload["pull_request"] as object), number: index + 1 } }),
  );
}

interface Answered {
  readonly p50: number;
  readonly p99: number;
  readonly rate: number;
}

async function measured(name: string, url: string, fake: FakeGitHub, bodies: readonly string[], floor: Answered | null): Promise<Answered> {
  let sent = 0;
  // Signed beforehand: signing is the sender's work.
  const letters = Array.from({ length: 24_000 }, (_, index) => {
    const body = bodies[index % bodies.length] ?? "";
    return { body, headers: fake.webhook("pull_request", JSON.parse(body)).headers };
  });
  const next = (): Promise<number> => {
    const { headers, body } = letters[sent++ % letters.length] ?? { headers: {}, body: "" };
    return post(url, headers, body);
  };
  for (let warm = 0; warm < 300; warm++) await next();
  const times: number[] = [];
  for (let one = 0; one < ONE_BY_ONE; one++) times.push(await next());
  const began = performance.now();
  const many: number[] = [];
  const client = async (): Promise<void> => {
    while (performance.now() - began < SECONDS * 1_000) many.push(await next());
  };
  await Promise.all(Array.from({ length: AT_ONCE }, client));
  const answered = { p50: percentile(times, 50), p99: percentile(times, 99), rate: many.length / ((performance.now() - began) / 1_000) };
  const times_ = floor === null ? "" : `  ${(answered.p50 / floor.p50).toFixed(2)} x`;
  say(
    `${name.padEnd(30)} p50 ${answered.p50.toFixed(2)} ms  p99 ${answered.p99.toFixed(2)} ms${times_}   at once: ${answered.rate.toFixed(0)}/s, p99 ${percentile(many, 99).toFixed(1)} ms`,
  );
  return answered;
}
