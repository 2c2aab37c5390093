// The service as it runs in a cluster: two processes, one nats-server that dies and comes back, a process that is killed.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, test, vi } from "vitest";
import { type FakeGitHub, startFakeGitHub } from "../../github/fake-github.ts";
import type { FakePull } from "../../github/state.ts";
import { type NatsServer, natsServer, natsServerThere } from "../../host/queue/server.ts";
import { servicePath } from "./bundle.ts";
import { release } from "./platform.ts";
import { environment } from "./serve.ts";
import { opened, type Spawned, spawned } from "./spawned.ts";

const open: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

async function replica(fake: FakeGitHub, nats: NatsServer): Promise<Spawned> {
  const made = await spawned(fake, { NATSLINT_QUEUE: nats.url });
  open.push(made.kill);
  return made;
}

/** Has the pull request its check and its comments? */
function isDone(pull: FakePull): boolean {
  return pull.repository.checkRuns.some(({ head, conclusion }) => head === pull.head.sha && conclusion === "failure");
}

describe.skipIf(!natsServerThere())("two processes and a nats-server", { timeout: 120_000 }, () => {
  test("nothing is lost and nothing done twice while the server restarts and a process is killed", async () => {
    const fake = await startFakeGitHub({ seed: { repositories: [{ name: "acme/platform", branches: { main: { ...release("a"), ...release("b") } } }] } });
    open.push(() => fake.close());
    const nats = await natsServer();
    open.push(() => nats.end());
    const [one, two] = await Promise.all([replica(fake, nats), replica(fake, nats)]);
    const repository = fake.state.repository("acme/platform");
    const pulls = Array.from({ length: 8 }, (_, index) => {
      repository.push(`canary-branch-${index}`, release("a", "replicas", "debug"));
      return repository.open({ head: `canary-branch-${index}`, title: "canary-title" });
    });
    const deliver = (pull: FakePull, to: Spawned): Promise<number> => opened(fake, pull, to);

    // The first job hangs in one of the processes while the server dies under it.
    fake.fail("GET */pulls/1/files*", { kind: "delay", milliseconds: 2_500 });
    const answers = await Promise.all(pulls.slice(0, 4).map((pull, index) => deliver(pull, index % 2 === 0 ? one : two)));
    expect(answers).toEqual([202, 202, 202, 202]);
    await nats.kill();
    expect(await deliver(pulls[4] as FakePull, one)).toBe(503);
    expect((await fetch(`${one.base}/readyz`)).status).toBe(503);
    expect((await fetch(`${one.base}/livez`)).status).toBe(200);
    await nats.start();
    await vi.waitFor(async () => expect((await fetch(`${one.base}/readyz`)).status).toBe(200), { timeout: 20_000, interval: 100 });
    await vi.waitFor(() => expect(pulls.slice(0, 4).filter(isDone)).toHaveLength(4), { timeout: 40_000, interval: 100 });

    // One process is killed while it works; the other takes its jobs over.
    fake.fail("GET */pulls/*/files*", { kind: "hang" }, { times: 2 });
    for (const pull of pulls.slice(4)) await vi.waitFor(async () => expect(await deliver(pull, two)).toBe(202), { timeout: 10_000, interval: 200 });
    await vi.waitFor(() => expect(repository.checkRuns.filter(({ status }) => status === "in_progress").length).toBeGreaterThan(0), 10_000);
    one.child.kill("SIGKILL");
    await vi.waitFor(() => expect(pulls.filter(isDone)).toHaveLength(8), { timeout: 60_000, interval: 100 });

    const reviews = fake.writes().filter((line) => line.includes(": review at"));
    expect(reviews).toHaveLength(8);
    expect(new Set(reviews.map((line) => /#(\d+)/.exec(line)?.[1])).size).toBe(8);
    for (const pull of pulls) expect([pull.threads.length, pull.comments.length], `#${pull.number}`).toEqual([2, 1]);
    expect(repository.checkRuns.filter(({ status }) => status !== "completed")).toEqual([]);

    expect(await two.end()).toBe(0);
    for (const text of [one.text(), two.text(), ...stored(join(nats.folder, "store"))])
      expect(text).not.toMatch(/canary|PRIVATE KEY|eyJ|ghs_|Secret to Everybody/);
    expect(fake.problems).toEqual([]);
  });
});

test.each([
  [{ APP_ID: "" }, 2, "APP_ID is not set"],
  [{ APP_ID: "x" }, 2, "APP_ID takes a whole number"],
  [{ WEBHOOK_SECRET: " , " }, 2, "WEBHOOK_SECRET is not set"],
  [{ PRIVATE_KEY: "" }, 2, "neither PRIVATE_KEY nor PRIVATE_KEY_PATH is set"],
  [{ PRIVATE_KEY: "-----BEGIN RSA PRIVATE KEY-----\ncanary\n-----END RSA PRIVATE KEY-----" }, 2, "PRIVATE_KEY is no private key that can sign"],
  [{ PRIVATE_KEY: "", PRIVATE_KEY_PATH: "/nowhere/key.pem" }, 2, "PRIVATE_KEY_PATH names a file that cannot be read (ENOENT)"],
  [{ GITHUB_API_URL: "http://api.github.com" }, 2, "GITHUB_API_URL takes https://"],
  [{ NATSLINT_QUEUE: "redis://user:canary@localhost" }, 2, "--queue: it takes nats:// or tls://, not redis://"],
  [{ NATSLINT_QUEUE: "nats://user:canary@127.0.0.1:1" }, 3, "the queue cannot be reached at nats://127.0.0.1:1"],
  [{ PORT: "99999" }, 2, "PORT takes a whole number from 0 to 65535"],
  [{ LOG_LEVEL: "loud" }, 2, "LOG_LEVEL takes"],
])("a process that is configured wrongly says so and ends: %j", { timeout: 30_000 }, async (wrong, code, said) => {
  const fake = await startFakeGitHub({ seed: { repositories: [] } });
  open.push(() => fake.close());
  const child = spawn(process.execPath, [await servicePath()], {
    env: { ...environment(fake), ...wrong, PATH: process.env["PATH"] ?? "" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const out: string[] = [];
  child.stdout.on("data", (chunk) => out.push(String(chunk)));
  child.stderr.on("data", (chunk) => out.push(String(chunk)));
  expect((await once(child, "exit"))[0]).toBe(code);
  expect(out.join("")).toContain(said);
  expect(out.join("")).not.toContain("canary");
});

/** All that the server keeps on its disk. */
function stored(path: string): string[] {
  if (!statSync(path).isDirectory()) return [readFileSync(path, "latin1")];
  return readdirSync(path).flatMap((name) => stored(join(path, name)));
}
