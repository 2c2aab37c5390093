// The webhook's figures beside their targets, and beside an empty handler on the same machine in the same run:
// `node tools/run.mjs bench/admission.ts`, with `--million` for a million evaluations. Needs `npm run build`.
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { Agent, createServer, request } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { makeAuthority, makeLeaf } from "../service/doors/admission/authority.ts";
import { BAD_RULE, bad, configMap, good, review } from "../test/doors/admission/reviews.ts";
import { root } from "../tools/opa.ts";

const NAME = "natslint.bench.svc";
const folder = mkdtempSync(join(tmpdir(), "natslint-bench-"));
const authority = await makeAuthority(Date.now(), 2);
const leaf = await makeLeaf(authority, [NAME], Date.now(), 1);
writeFileSync(join(folder, "tls.crt"), leaf.certificate);
writeFileSync(join(folder, "tls.key"), leaf.key);

/** 16 KB: two objects with the fields' owners, of which half is never read. */
const managed = Array.from({ length: 3 }, (_, index) => ({
  manager: `controller-${index}`,
  operation: "Update",
  fieldsV1: Object.fromEntries(Array.from({ length: 190 }, (_, field) => [`f:field${field}`, {}])),
}));
const usual = good({ metadata: { managedFields: managed } });
const update = JSON.stringify(review({ ...usual, spec: { ...usual.spec, minReadySeconds: 1 } }, usual));

const service = await start();
const empty = createServer({ cert: leaf.certificate, key: leaf.key }, (incoming, response) => {
  incoming.resume().on("end", () => response.setHeader("Content-Type", "application/json").end("{}"));
}).listen(0, "127.0.0.1");
await pause(100);
const emptyPort = (empty.address() as AddressInfo).port;

const row = (what: string, target: string, own: string, floor = ""): void => console.log(`${what.padEnd(58)} ${target.padEnd(16)} ${own.padEnd(22)} ${floor}`);
row("figure", "target", "natslint", "empty handler");
row("ready without a cluster, s", "1.5", (service.readyAfter / 1000).toFixed(2));
row("memory when idle, MB", "130", String(memory(service.child)));
await load(service.port, update, 8, 200, 3);
for (const [rate, target] of [
  [100, "3 / 15"],
  [200, "- / 30"],
] as const) {
  const own = await load(service.port, update, 8, rate, 10);
  const floor = await load(emptyPort, update, 8, rate, 5);
  row(`${update.length} bytes, ${rate}/s on 8 connections: p50 / p99, ms`, target, shown(own), shown(floor));
}
const most = await load(service.port, update, 8, Number.POSITIVE_INFINITY, 8);
const floor = await load(emptyPort, update, 8, Number.POSITIVE_INFINITY, 4);
row("held without shedding, /s", "400", `${most.perSecond} (${most.other} shed)`, String(floor.perSecond));
const conf = `port: 4222\n# ${"a long comment ".repeat(20)}\n`.repeat(3_100);
const large = await load(service.port, JSON.stringify(review(configMap(`${conf}\n`), configMap(conf))), 1, 2, 10);
row("ConfigMap of 1 MB, p50 / p99, ms", "- / 60", shown(large));
const huge = JSON.stringify(review({ ...bad(), filler: "x".repeat(5_800_000) }));
const [small] = await Promise.all([load(service.port, update, 8, 100, 8), load(service.port, huge, 2, 20, 8)]);
row("small ones beside two clients with 5.8 MB: p50 / p99, ms", "- / 40", shown(small));
row("memory after that, MB", "450", String(memory(service.child)));
row("100 certificates under 200/s: failed", "0", await reloads());
await overload();
if (process.argv.includes("--million")) await million();
service.child.kill("SIGKILL");
empty.close();
empty.closeAllConnections();

interface Figures {
  readonly p50: number;
  readonly p99: number;
  readonly perSecond: number;
  readonly other: number;
}

function shown({ p50, p99, other }: Figures): string {
  return `${p50.toFixed(1)} / ${p99.toFixed(1)}${other === 0 ? "" : ` (${other} not 200)`}`;
}

/** So many connections for so many seconds, at a rate or as fast as they can. */
async function load(port: number, body: string, connections: number, rate: number, seconds: number): Promise<Figures> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections, ca: authority.certificate, servername: NAME });
  const times: number[] = [];
  let other = 0;
  const until = performance.now() + seconds * 1_000;
  const client = async (index: number): Promise<void> => {
    const every = (connections * 1_000) / rate;
    for (let due = performance.now() + (index / connections) * every; performance.now() < until; due += every) {
      if (rate !== Number.POSITIVE_INFINITY) await pause(Math.max(0, due - performance.now()));
      const began = performance.now();
      const { status } = await post(agent, port, body);
      if (status === 200) times.push(performance.now() - began);
      else other++;
      if (rate === Number.POSITIVE_INFINITY) due = performance.now();
    }
  };
  await Promise.all(Array.from({ length: connections }, (_, index) => client(index)));
  agent.destroy();
  times.sort((a, b) => a - b);
  const at = (share: number): number => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? Number.NaN;
  return { p50: at(0.5), p99: at(0.99), perSecond: Math.round(times.length / seconds), other };
}

function post(agent: Agent, port: number, body: string): Promise<{ readonly status: number; readonly text: string }> {
  return new Promise((resolve, reject) => {
    const sent = request(
      { host: "127.0.0.1", port, path: "/v1/admit?timeout=5s", method: "POST", agent, headers: { "Content-Type": "application/json" } },
      (response) => {
        let text = "";
        response.setEncoding("utf8").on("data", (part: string) => (text += part));
        response.on("end", () => resolve({ status: response.statusCode ?? 0, text }));
      },
    );
    sent.on("error", reject);
    sent.end(body);
  });
}

/** A new certificate every 150 ms, and requests on connections of their own, so that each meets the one of the moment. */
async function reloads(): Promise<string> {
  let done = false;
  const changing = (async () => {
    for (let count = 0; count < 100; count++) {
      const next = await makeLeaf(authority, [NAME], Date.now(), 1);
      writeFileSync(join(folder, "tls.crt"), next.certificate);
      writeFileSync(join(folder, "tls.key"), next.key);
      await pause(150);
    }
    done = true;
  })();
  let [sent, failed] = [0, 0];
  const client = async (): Promise<void> => {
    while (!done) {
      const agent = new Agent({ keepAlive: true, maxSockets: 1, ca: authority.certificate, servername: NAME });
      for (let count = 0; count < 20 && !done; count++) {
        const began = performance.now();
        sent++;
        if ((await post(agent, service.port, update).catch(() => null))?.status !== 200) failed++;
        await pause(Math.max(0, 40 - (performance.now() - began)));
      }
      agent.destroy();
    }
  };
  await Promise.all([changing, ...Array.from({ length: 8 }, client)]);
  return `${failed} of ${sent}`;
}

/** Four times what it holds, for a minute, a tenth of it 5 MB: is every answer one that the API server knows what to do with? */
async function overload(): Promise<void> {
  const large = JSON.stringify(review({ ...bad(), filler: "x".repeat(5_000_000) }));
  const agent = new Agent({ keepAlive: true, maxSockets: 500, ca: authority.certificate, servername: NAME });
  const answers = new Map<string, number>();
  let [highest, flying] = [0, 0];
  const until = performance.now() + 60_000;
  const every = 10;
  const perTurn = Math.max(1, Math.round((4 * most.perSecond * every) / 1_000));
  for (let turn = 0; performance.now() < until; turn++) {
    // What is on its way has an end, as with the API server's own limits.
    for (let count = 0; count < perTurn && flying < 400; count++) {
      flying++;
      void post(agent, service.port, (turn + count) % 10 === 0 ? large : update)
        .then(
          ({ status }) => String(status),
          (thrown: unknown) => String((thrown as { readonly code?: string }).code),
        )
        .then((answer) => {
          flying--;
          answers.set(answer, (answers.get(answer) ?? 0) + 1);
        });
    }
    if (turn % 50 === 0) highest = Math.max(highest, memory(service.child));
    await pause(every);
  }
  const ended = performance.now();
  while (flying > 0 && performance.now() < ended + 30_000) await pause(5);
  agent.destroy();
  let recovered = Number.NaN;
  const calm = new Agent({ keepAlive: true, maxSockets: 1, ca: authority.certificate, servername: NAME });
  for (const began = performance.now(); performance.now() < began + 10_000; await pause(20)) {
    const asked = performance.now();
    const { status } = await post(calm, service.port, update);
    if (status !== 200 || performance.now() - asked > 100) continue;
    recovered = (performance.now() - ended) / 1_000;
    break;
  }
  calm.destroy();
  row("4 x that for a minute, a tenth of 5 MB: answers", "200 429 503", [...answers].map(([answer, count]) => `${answer}: ${count}`).join(", "));
  row("memory meanwhile, MB", "450", String(highest));
  row("usual again after, s", "2", recovered.toFixed(1));
}

/** Good and bad objects in turn, every hundredth a body that is none: is each verdict the right one, and does the memory stay? */
async function million(): Promise<void> {
  const count = Number(process.argv[process.argv.indexOf("--million") + 1] ?? 1_000_000) || 1_000_000;
  const agent = new Agent({ keepAlive: true, maxSockets: 8, ca: authority.certificate, servername: NAME });
  const bodies = [JSON.stringify(review(good())), JSON.stringify(review(bad())), `{"apiVersion":"admission.k8s.io/v1","request":{`];
  let [done, wrong, before] = [0, 0, 0];
  const client = async (): Promise<void> => {
    while (done < count) {
      const own = done++;
      if (own === Math.floor(count / 10)) before = memory(service.child);
      const which = own % 100 === 99 ? 2 : own % 2;
      const { status, text } = await post(agent, service.port, bodies[which] ?? "");
      const isRight =
        which === 2 ? status === 400 : status === 200 && text.includes('"allowed":true') === (which === 0) && text.includes(BAD_RULE) === (which === 1);
      if (!isRight) wrong++;
    }
  };
  await Promise.all(Array.from({ length: 8 }, client));
  row(`${count} evaluations, 1 % poison: wrong verdicts`, "0", String(wrong));
  row("memory that they took, %", "10", (((memory(service.child) - before) / before) * 100).toFixed(1));
  agent.destroy();
}

/** Resident memory in MB. */
function memory({ pid }: ChildProcess): number {
  const kilobytes = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return Math.round(Number(kilobytes) / 1024);
}

async function start(): Promise<{ readonly port: number; readonly child: ChildProcess; readonly readyAfter: number }> {
  const began = performance.now();
  const env = { ...process.env, HOST: "127.0.0.1", NATSLINT_TLS_CERT: join(folder, "tls.crt"), NATSLINT_TLS_KEY: join(folder, "tls.key") };
  const args = ["serve", "admission", "--port", "0", "--health-port", "0", "--cluster-state", "off", "--max-mode", "deny"];
  const child = spawn(process.execPath, [join(root, "dist/cli.js"), ...args], { env, stdio: ["ignore", "pipe", "inherit"] });
  let text = "";
  child.stdout.setEncoding("utf8").on("data", (part: string) => {
    if (text.length < 10_000) text += part;
  });
  for (;;) {
    const [, port, healthPort] = /"port":(\d+),"healthPort":(\d+)/.exec(text) ?? [];
    if (port !== undefined && (await fetch(`http://127.0.0.1:${healthPort}/readyz`)).status === 200)
      return { port: Number(port), child, readyAfter: performance.now() - began };
    if (child.exitCode !== null) throw new Error(`the webhook ended: ${text}`);
    await pause(10);
  }
}
