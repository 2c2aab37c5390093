// The webhook's figures beside their targets, and beside an empty handler on the same machine in the same run.
import { mkdtempSync, rmSync } from "node:fs";
import { Agent } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { bad, configMap, good, review } from "../test/doors/admission/reviews.ts";
import { type Certificates, certificates, memory, NAME, type Posted, send, startAdmission, startEmpty } from "./admission-process.ts";
import { percentile, say, title } from "./print.ts";

/** 16 KB: two objects with the fields' owners, of which half is never read. */
const managed = Array.from({ length: 3 }, (_, index) => ({
  manager: `controller-${index}`,
  operation: "Update",
  fieldsV1: Object.fromEntries(Array.from({ length: 190 }, (_, field) => [`f:field${field}`, {}])),
}));
const usual = good({ metadata: { managedFields: managed } });
const update = JSON.stringify(review({ ...usual, spec: { ...usual.spec, minReadySeconds: 1 } }, usual));

/** All of it; about three minutes. */
export async function admission(): Promise<void> {
  title("the admission webhook: natslint, and a handler that answers everything with nothing");
  const folder = mkdtempSync(join(tmpdir(), "natslint-bench-"));
  const served = await certificates(folder);
  const service = await startAdmission(served, ["--cluster-state", "off"]);
  const empty = await startEmpty(served);
  const own: Side = { served, port: service.port };
  const floor: Side = { served, port: empty.port };
  try {
    row("figure", "target", "natslint", "empty handler");
    row("ready without a cluster, s", "1.5", (service.readyAfter / 1000).toFixed(2));
    row("memory when idle, MB", "130", String(memory(service.child)));
    const held = await small(own, floor);
    await large(own, floor);
    row("memory after that, MB", "450", String(memory(service.child)));
    row("100 certificates under 200/s: failed", "0", await reloads(own));
    await overloads(own, floor, 4 * held, () => memory(service.child));
  } finally {
    service.child.kill("SIGKILL");
    empty.end();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Who is asked. */
interface Side {
  readonly served: Certificates;
  readonly port: number;
}

/** Gives how many a second it holds. */
async function small(own: Side, floor: Side): Promise<number> {
  await load(own, update, 8, 200, 3);
  for (const [rate, wanted] of [
    [100, "3 / 15"],
    [200, "- / 30"],
  ] as const) {
    const [ours, theirs] = [await load(own, update, 8, rate, 10), await load(floor, update, 8, rate, 5)];
    row(`${update.length} bytes, ${rate}/s on 8 connections: p50 / p99, ms`, wanted, shown(ours), shown(theirs));
  }
  const most = await load(own, update, 8, Number.POSITIVE_INFINITY, 8);
  const { perSecond } = await load(floor, update, 8, Number.POSITIVE_INFINITY, 4);
  row("held without shedding, /s", "400", `${most.perSecond} (${most.other} shed)`, String(perSecond));
  return most.perSecond;
}

async function large(own: Side, floor: Side): Promise<void> {
  const both = async (what: string, wanted: string, measure: (side: Side) => Promise<Figures>): Promise<void> => {
    row(what, wanted, shown(await measure(own)), shown(await measure(floor)));
  };
  const comments = `port: 4222\n${`# ${"a long comment ".repeat(20)}\n`.repeat(3_200)}`;
  const few = JSON.stringify(review(configMap(`${comments}\n`), configMap(comments)));
  await both("ConfigMap of 1 MB, p50 / p99, ms", "- / 60", (side) => load(side, few, 1, 2, 10));
  const accounts = Array.from({ length: 8_500 }, (_, index) => `  A${index}: { users: [{ user: u${index}, password: $2a$11$${"x".repeat(53)} }] }\n`);
  const conf = `accounts {\n${accounts.join("")}}\n`;
  const many = JSON.stringify(review(configMap(`${conf}# more\n`), configMap(conf)));
  await both("the same, full of accounts", "-", (side) => load(side, many, 1, 1, 10));
  const huge = JSON.stringify(review({ ...bad(), filler: "x".repeat(5_800_000) }));
  await both("small ones beside two clients with 5.8 MB: p50 / p99, ms", "- / 40", async (side) => {
    const [beside] = await Promise.all([load(side, update, 8, 100, 8), load(side, huge, 2, 20, 8)]);
    return beside;
  });
}

function row(what: string, wanted: string, own: string, floor = ""): void {
  say(`${what.padEnd(58)} ${wanted.padEnd(16)} ${own.padEnd(22)} ${floor}`);
}

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
async function load({ served, port }: Side, body: string, connections: number, rate: number, seconds: number): Promise<Figures> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections, ca: served.authority, servername: NAME });
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
  return { p50: percentile(times, 50), p99: percentile(times, 99), perSecond: Math.round(times.length / seconds), other };
}

function post(agent: Agent, port: number, body: string): Promise<Posted> {
  return send(agent, { port, path: "/v1/admit?timeout=5s" }, body);
}

/** A new certificate every 150 ms, and requests on connections of their own, so that each meets the one of the moment. */
async function reloads({ served, port }: Side): Promise<string> {
  let done = false;
  const changing = (async () => {
    for (let count = 0; count < 100; count++) {
      await served.renew();
      await pause(150);
    }
    done = true;
  })();
  let [sent, failed] = [0, 0];
  const client = async (): Promise<void> => {
    while (!done) {
      const agent = new Agent({ keepAlive: true, maxSockets: 1, ca: served.authority, servername: NAME });
      for (let count = 0; count < 20 && !done; count++) {
        const began = performance.now();
        sent++;
        if ((await post(agent, port, update).catch(() => null))?.status !== 200) failed++;
        await pause(Math.max(0, 40 - (performance.now() - began)));
      }
      agent.destroy();
    }
  };
  await Promise.all([changing, ...Array.from({ length: 8 }, client)]);
  return `${failed} of ${sent}`;
}

/** The empty handler lives in this very process, so its memory is not told. */
async function overloads(own: Side, floor: Side, perSecond: number, memoryNow: () => number): Promise<void> {
  const [ours, theirs] = [await overload(own, perSecond, memoryNow), await overload(floor, perSecond, () => Number.NaN)];
  row("4 x that for a minute, a tenth of 5 MB: answers", "200 429 503", ours.answers, theirs.answers);
  row("memory meanwhile, MB", "450", String(ours.highest));
  row("usual again after, s", "2", ours.recovered.toFixed(1), theirs.recovered.toFixed(1));
}

interface Overload {
  readonly answers: string;
  readonly highest: number;
  readonly recovered: number;
}

/** So many a second for a minute, a tenth of it 5 MB: is every answer one that the API server knows what to do with? */
async function overload({ served, port }: Side, perSecond: number, memoryNow: () => number): Promise<Overload> {
  const heavy = JSON.stringify(review({ ...bad(), filler: "x".repeat(5_000_000) }));
  const agent = new Agent({ keepAlive: true, maxSockets: 500, ca: served.authority, servername: NAME });
  const answers = new Map<string, number>();
  let [highest, flying] = [0, 0];
  const until = performance.now() + 60_000;
  const every = 10;
  const perTurn = Math.max(1, Math.round((perSecond * every) / 1_000));
  for (let turn = 0; performance.now() < until; turn++) {
    // What is on its way has an end, as with the API server's own limits.
    for (let count = 0; count < perTurn && flying < 400; count++) {
      flying++;
      void post(agent, port, (turn + count) % 10 === 0 ? heavy : update)
        .then(
          ({ status }) => String(status),
          (thrown: unknown) => String((thrown as { readonly code?: string }).code),
        )
        .then((answer) => {
          flying--;
          answers.set(answer, (answers.get(answer) ?? 0) + 1);
        });
    }
    if (turn % 50 === 0) highest = Math.max(highest, memoryNow());
    await pause(every);
  }
  const ended = performance.now();
  while (flying > 0 && performance.now() < ended + 30_000) await pause(5);
  agent.destroy();
  let recovered = Number.NaN;
  const calm = new Agent({ keepAlive: true, maxSockets: 1, ca: served.authority, servername: NAME });
  for (const began = performance.now(); performance.now() < began + 10_000; await pause(20)) {
    const asked = performance.now();
    const { status } = await post(calm, port, update);
    if (status !== 200 || performance.now() - asked > 100) continue;
    recovered = (performance.now() - ended) / 1_000;
    break;
  }
  calm.destroy();
  return { answers: [...answers].map(([answer, count]) => `${answer}: ${count}`).join(", "), highest, recovered };
}
