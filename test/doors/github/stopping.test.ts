// SIGTERM at the worst moments: a webhook on its way to the queue, a job in the middle of its comments, a job that does
// not end in time. Nothing is lost and nothing stays half.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { afterEach, describe, expect, test, vi } from "vitest";
import { type FakeGitHub, startFakeGitHub } from "../../github/fake-github.ts";
import type { FakePull } from "../../github/state.ts";
import { type NatsServer, natsServer, natsServerThere } from "../../host/queue/server.ts";
import { release } from "./platform.ts";
import { checksOf, opened, type Spawned, spawned } from "./spawned.ts";

const open: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

async function github(): Promise<{ readonly fake: FakeGitHub; readonly pull: FakePull }> {
  const fake = await startFakeGitHub({
    seed: { repositories: [{ name: "acme/platform", branches: { main: release("a"), topic: release("a", "replicas", "debug") } }] },
  });
  open.push(() => fake.close());
  return { fake, pull: fake.state.repository("acme/platform").open({ head: "topic" }) };
}

async function started(fake: FakeGitHub, more: Readonly<Record<string, string>> = {}): Promise<Spawned> {
  const made = await spawned(fake, more);
  open.push(made.kill);
  return made;
}

async function queue(): Promise<NatsServer> {
  const nats = await natsServer();
  open.push(() => nats.end());
  return nats;
}

const FAILED = ["completed failure 1 finding to fix, 1 more to look at"];
const isDone = (pull: FakePull): Promise<void> => vi.waitFor(() => expect(checksOf(pull)).toEqual(FAILED), { timeout: 60_000, interval: 100 });
/** A process that is frozen, as a server on a machine without air: connections stay, nothing is answered. */
const signal = async (name: string, pid: number | undefined): Promise<void> => void (await once(spawn("kill", [`-${name}`, String(pid)]), "exit"));

test("while a job writes its comments: it is finished first, and the process ends with 0", { timeout: 60_000 }, async () => {
  const { fake, pull } = await github();
  const served = await started(fake);
  fake.fail("POST *reviews", { kind: "delay", milliseconds: 1_500 });
  await opened(fake, pull, served);
  await vi.waitFor(() => expect(fake.traffic.some(({ path }) => path.endsWith("/reviews"))).toBe(true), { timeout: 20_000, interval: 20 });
  const ended = served.end();
  await vi.waitFor(() => expect(served.text()).toContain('"stopping"'));
  // Nobody new is let in: GitHub counts the delivery as failed, and the sweep of the next process finds it.
  expect(await opened(fake, pull, served, "synchronize")).toBe(0);
  expect(await ended).toBe(0);
  expect([pull.threads.length, pull.comments.length]).toEqual([2, 1]);
  expect(checksOf(pull)).toEqual(FAILED);
});

describe.skipIf(!natsServerThere() || process.platform === "win32")("with a nats-server", { timeout: 120_000 }, () => {
  test("while a webhook is on its way to the queue: it is answered, and what was answered with 202 is done by another", async () => {
    const { fake, pull } = await github();
    const nats = await queue();
    const [receiver, other] = await Promise.all([
      started(fake, { NATSLINT_QUEUE: nats.url, NATSLINT_WORKERS: "0" }),
      started(fake, { NATSLINT_QUEUE: nats.url, NATSLINT_WORKERS: "0" }),
    ]);
    await signal("STOP", nats.pid());
    const sent = opened(fake, pull, receiver);
    await new Promise((resolve) => setTimeout(resolve, 300));
    const ended = receiver.end();
    await new Promise((resolve) => setTimeout(resolve, 300));
    await signal("CONT", nats.pid());
    expect(await sent).toBe(202);
    expect(await ended).toBe(0);
    expect(await other.end()).toBe(0);
    await started(fake, { NATSLINT_QUEUE: nats.url });
    await isDone(pull);
  });

  test("while the queue answers nothing at all: the webhook is refused, and the process ends all the same", async () => {
    const { fake, pull } = await github();
    const nats = await queue();
    const served = await started(fake, { NATSLINT_QUEUE: nats.url });
    await signal("STOP", nats.pid());
    const sent = opened(fake, pull, served);
    await new Promise((resolve) => setTimeout(resolve, 300));
    const ended = served.end();
    expect(await sent).toBe(503);
    expect(await ended).toBe(0);
    await signal("CONT", nats.pid());
  });

  test("while a job hangs for longer than the platform waits: the process ends, and another does the job once", async () => {
    const { fake, pull } = await github();
    const nats = await queue();
    const served = await started(fake, { NATSLINT_QUEUE: nats.url });
    fake.fail("GET */files", { kind: "hang" }, { times: 2 });
    await opened(fake, pull, served);
    await vi.waitFor(() => expect(fake.traffic.some(({ path }) => path.includes("/files"))).toBe(true), { timeout: 20_000, interval: 20 });
    const began = Date.now();
    expect(await served.end()).toBe(0);
    // Kubernetes kills after 30 seconds.
    expect(Date.now() - began).toBeLessThan(29_000);
    const next = await started(fake, { NATSLINT_QUEUE: nats.url });
    await isDone(pull).catch((thrown: unknown) => {
      throw new Error(`${served.text()}\nthen\n${next.text()}`, { cause: thrown });
    });
    expect(fake.writes().filter((line) => line.includes(": review at"))).toHaveLength(1);
    expect([pull.threads.length, pull.comments.length]).toEqual([2, 1]);
  });
});
