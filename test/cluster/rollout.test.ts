// Nothing is lost while natslint is replaced: two replicas restarted one after the other, and certificates of a new authority,
// both under two hundred changes a second that are refused if a single call fails.
import { copyFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { connect } from "node:tls";
import { afterEach, beforeAll, expect, inject, test } from "vitest";
import { type KeyPair, makeAuthority, makeCertificate } from "../../tools/certificates.ts";
import { type Balancer, balancer } from "./balancer.ts";
import { did, until } from "./kubectl.ts";
import { type Load, type LoadResult, startLoad } from "./load.ts";
import { definitions, statefulSet, stream, tracingStatefulSet } from "./nats-objects.ts";
import { type Certificates, certificates, configure, forget, removeWebhook, SERVED_NAMES, settled, startWebhook, type Webhook } from "./webhook.ts";

const namespace = "production-rollout";
const RATE = 200;
const STRICT = ["admission.webhooks.workloads.failurePolicy=Fail", "admission.webhooks.workloads.timeoutSeconds=10"];
// Whatever the rules come to say of these objects, they pass: what is refused was lost.
const flags = ["--max-mode=warn", "--cluster-state=off"];

let keys: Certificates;
const ends: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  await did(["create", "namespace", namespace]);
  await did(["apply", "-f", "-"], definitions());
  await did(["wait", "--for=condition=Established", "crd", "--all", "--timeout=20s"]);
});

afterEach(async () => {
  await removeWebhook();
  for (const end of ends.splice(0)) await end();
  forget(keys);
});

async function replica(): Promise<Webhook> {
  const made = await startWebhook({ served: keys.served, flags, env: { NATSLINT_CERTIFICATE_SECONDS: "1", LOG_LEVEL: "warn" } });
  ends.push(() => made.end("SIGKILL"));
  return made;
}

async function before(...replicas: Webhook[]): Promise<Balancer> {
  const made = await balancer(...replicas.map(({ port }) => port));
  ends.push(made.close);
  await configure({ port: made.port, authorities: [keys.authority.certificate], values: STRICT });
  await settled(/Warning: \[/, [tracingStatefulSet({ namespace })]);
  return made;
}

/** What controllers do all day: streams, and now and then a StatefulSet. */
function load(): Load {
  return startLoad(inject("api"), RATE, (index) =>
    index % 10 === 0
      ? { path: `/apis/apps/v1/namespaces/${namespace}/statefulsets`, object: statefulSet({ namespace, name: `nats-${index}` }) }
      : { path: `/apis/jetstream.nats.io/v1beta2/namespaces/${namespace}/streams`, object: stream({ namespace, name: `orders-${index}` }) },
  );
}

/** They were asked for at that rate, however fast the machine answers, and none was refused. */
function expectNoneLost({ sent, seconds, answered, failures, median, p99 }: LoadResult): void {
  const figures = `${answered}/s answered, median ${median} ms, p99 ${p99} ms`;
  process.stdout.write(`${sent} changes asked for in ${seconds.toFixed(1)} s, ${failures.length} failed; ${figures}\n`);
  expect(failures).toEqual([]);
  expect(sent / seconds).toBeGreaterThan(RATE * 0.95);
}

test("a rolling restart of two replicas under load loses no change", async () => {
  keys = certificates();
  const old = [await replica(), await replica()];
  const service = await before(...old);
  const counts = old.map(() => 0);
  const running = load();
  await sleep(2_000);
  const current = [...old];
  for (const [index, one] of old.entries()) {
    const next = await replica();
    // As a Deployment with maxUnavailable 0: the new one is ready, the old one is told to end, and only then leaves the Service.
    const others = current.filter((each) => each !== one);
    service.lead(...[...others, one, next].map(({ port }) => port));
    const counting = setInterval(async () => {
      counts[index] = Math.max(counts[index] ?? 0, await one.metric("natslint_admission_requests_total"));
    }, 250);
    one.process.kill("SIGTERM");
    await sleep(1_000);
    service.lead(...[...others, next].map(({ port }) => port));
    expect(await one.end()).toBe(0);
    clearInterval(counting);
    current.splice(current.indexOf(one), 1, next);
  }
  await sleep(1_000);
  const result = await running.stop();
  const judged = await Promise.all(current.map((one) => one.metric("natslint_admission_requests_total")));
  // Each of the four had a part in it, as far as is known of those that have ended.
  for (const count of [...counts, ...judged]) expect(count).toBeGreaterThan(RATE / 4);
  expectNoneLost(result);
}, 300_000);

test("a new authority and thirty new certificates under load lose no change", async () => {
  keys = certificates();
  const only = await replica();
  const service = await before(only);
  const { folder, authority, served } = keys;
  const second = makeAuthority(folder, "second");
  const first = await servedIssuer(only.port);
  const running = load();

  const leaves = (signer: KeyPair): void => {
    for (const _ of Array.from({ length: 15 })) replaceWith(served, makeCertificate(signer, folder, "next", { names: SERVED_NAMES }));
  };
  leaves(authority);
  // Both are trusted before either side changes; a configuration takes a moment to be honoured.
  await configure({ port: service.port, authorities: [authority.certificate, second.certificate], values: STRICT });
  await sleep(2_000);
  leaves(second);
  await until("the new authority's certificate is served", async () => (await servedIssuer(only.port)) !== first);
  await sleep(1_500);
  await configure({ port: service.port, authorities: [second.certificate], values: STRICT });
  await sleep(3_000);

  const result = await running.stop();
  expectNoneLost(result);
  expect(await only.metric("natslint_admission_requests_total"), "changes passed that nobody judged").toBeGreaterThanOrEqual(result.sent);
  expect(await only.metric("natslint_cert_reload_total", 'result="used"')).toBeGreaterThan(3);
}, 300_000);

/** One file after the other, so that for a moment they do not belong together. */
function replaceWith(served: KeyPair, next: KeyPair): void {
  for (const part of ["key", "certificate"] as const) {
    const beside = join(served[part], "..", `${part}.new`);
    copyFileSync(next[part], beside);
    renameSync(beside, served[part]);
  }
}

function servedIssuer(port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: "127.0.0.1", rejectUnauthorized: false }, () => {
      const { issuer } = socket.getPeerCertificate();
      socket.end();
      resolve(String(issuer.CN));
    });
    socket.on("error", reject);
  });
}
