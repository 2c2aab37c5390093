// The process when GitHub is not as it should be: other clocks, an older server, a refused key, nobody there. It never
// ends by itself, says what is wrong, and goes on once it is right.
import { generateKeyPairSync } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readFileSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { afterAll, describe, expect, test, vi } from "vitest";
import { type FakeGitHub, type Seed, startFakeGitHub } from "../../github/fake-github.ts";
import type { FakePull } from "../../github/state.ts";
import { release } from "./platform.ts";
import { checksOf, opened, type Spawned, spawned } from "./spawned.ts";

// The tests of this file wait more than they work, so they run side by side and are cleared up together.
const open: (() => unknown)[] = [];
afterAll(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

interface World {
  readonly fake: FakeGitHub;
  readonly served: Spawned;
  readonly pull: FakePull;
}

const FAILED = ["completed failure 1 finding to fix"];

async function world(
  env: Readonly<Record<string, string>> = {},
  seed: Partial<Seed> = {},
  before: (fake: FakeGitHub) => void = () => undefined,
): Promise<World> {
  const fake = await startFakeGitHub({
    seed: { repositories: [{ name: "acme/platform", branches: { main: release("a"), topic: release("a", "replicas") } }], ...seed },
  });
  open.push(() => fake.close());
  before(fake);
  const served = await spawned(fake, env, false);
  open.push(served.kill);
  return { fake, served, pull: fake.state.repository("acme/platform").open({ head: "topic" }) };
}

const known = ({ served }: World): Promise<void> => vi.waitFor(async () => expect(await served.get("/readyz")).toBe('200 {"ok":true}'), 60_000);
const done = ({ pull }: World, checks: readonly string[] = FAILED): Promise<void> =>
  vi.waitFor(() => expect(checksOf(pull)).toEqual(checks), { timeout: 120_000, interval: 50 });
/** Waits for so many lines of a kind. */
const jobs = ({ served }: World, count: number, result = "done"): Promise<void> =>
  vi.waitFor(() => expect(served.text().split(`"result":"${result}"`).length - 1).toBeGreaterThanOrEqual(count), { timeout: 120_000, interval: 50 });

describe.concurrent("GitHub", { timeout: 240_000 }, () => {
  test.for([600, -600])("has a clock that is %i seconds ahead: the App signs by GitHub's", async (skew, { expect }) => {
    const one = await world({}, {}, (fake) => void (fake.clock.skew = skew));
    await known(one);
    expect(await opened(one.fake, one.pull, one.served)).toBe(202);
    await done(one);
    // And the other way, while the service runs.
    one.fake.clock.skew = -skew;
    one.pull.repository.push("topic", release("a", "debug"));
    await opened(one.fake, one.pull, one.served, "synchronize");
    await vi.waitFor(() => expect(checksOf(one.pull).join()).toMatch(/^completed/), 120_000);
  });

  test("is an Enterprise Server whose answers lack what is newer than it", async ({ expect }) => {
    const NEWER = new Set([
      "draft",
      "locked",
      "archived",
      "visibility",
      "external_id",
      "html_url",
      "details_url",
      "slug",
      "annotations_count",
      "suspended_at",
      "size",
    ]);
    const older = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(older);
      if (typeof value !== "object" || value === null) return value;
      return Object.fromEntries(Object.entries(value).flatMap(([key, of]) => (NEWER.has(key) ? [] : [[key, older(of)]])));
    };
    const one = await world({}, { enterprise: true }, (fake) =>
      fake.fail(({ name }) => !/^(POST \/app|GET \/app$|graphql)/.test(name), { kind: "change", change: older }, { times: Number.POSITIVE_INFINITY }),
    );
    await known(one);
    await opened(one.fake, one.pull, one.served);
    await done(one);
    expect([one.pull.threads.length, one.pull.comments.length]).toEqual([1, 1]);
    const before = one.fake.writes().length;
    await opened(one.fake, one.pull, one.served, "synchronize");
    await jobs(one, 2);
    expect(one.fake.writes(before).filter((line) => !line.includes("check run"))).toEqual([]);
  });

  test("refuses the App's key: not ready, and says so; ready again by itself once there is a right one", async ({ expect }) => {
    const one = await world();
    await known(one);
    const refused = { kind: "status", status: 401, message: "A JSON web token could not be decoded" } as const;
    const right = one.fake.fail(/ \/app\b/, refused, { times: Number.POSITIVE_INFINITY });
    await opened(one.fake, one.pull, one.served);
    await vi.waitFor(async () => expect(await one.served.get("/readyz")).toMatch(/^503 .*the key was revoked/), 60_000);
    expect(await one.served.get("/livez")).toMatch(/^200/);
    // A webhook is still taken: its job waits.
    expect(await opened(one.fake, one.pull, one.served, "synchronize")).toBe(202);
    right();
    await vi.waitFor(async () => expect(await one.served.get("/readyz")).toMatch(/^200/), { timeout: 60_000, interval: 100 });
    await done(one);
  });

  test("has the installation suspended, and later back: nothing is written meanwhile, and nothing is tried again and again", async ({ expect }) => {
    const one = await world();
    await known(one);
    const [installation] = one.fake.installations.values();
    if (installation === undefined) throw new Error("no installation");
    installation.isSuspended = true;
    await opened(one.fake, one.pull, one.served);
    await jobs(one, 1);
    expect(one.fake.writes()).toEqual([]);
    expect(await one.served.get("/readyz")).toMatch(/^200/);
    installation.isSuspended = false;
    await opened(one.fake, one.pull, one.served, "synchronize");
    await done(one);
  });

  test.for([
    ["the hourly limit", { "x-ratelimit-remaining": "0" }, "API rate limit exceeded for installation ID 1."],
    ["a secondary limit", { "retry-after": "2" }, "You have exceeded a secondary rate limit."],
  ] as const)("asks for a rest (%s): the check says that it waits, and the job goes on by itself", async ([, headers, message], { expect }) => {
    const one = await world();
    await known(one);
    const reset = { "x-ratelimit-reset": String(Math.ceil(Date.now() / 1000) + 3) };
    one.fake.fail("POST *reviews", { kind: "status", status: 403, message, headers: { ...headers, ...reset } });
    await opened(one.fake, one.pull, one.served);
    await jobs(one, 1, "put off");
    expect(checksOf(one.pull)).toEqual(["in_progress - waiting"]);
    await done(one);
    expect(one.pull.threads).toHaveLength(1);
  });

  test("took a commit out of its merge queue: the job that waits for it ends, and leaves no check open", async ({ expect }) => {
    const one = await world();
    await known(one);
    const { repository } = one.pull;
    const head = repository.push("gh-readonly-queue/main/pr-1", release("a", "replicas"));
    const base = repository.branches.get("main") ?? "";
    one.fake.fail("GET */git/trees/*", { kind: "status", status: 404, message: "Not Found" }, { times: 9 });
    const send = (action: "checks_requested" | "destroyed"): Promise<number> =>
      one.fake.deliver(one.served.webhooks, "merge_group", one.fake.payloads.mergeGroup(repository, action, head, base));
    expect(await send("checks_requested")).toBe(202);
    expect(await send("destroyed")).toBe(202);
    await jobs(one, 1);
    expect(repository.checkRuns.filter(({ status }) => status !== "completed")).toEqual([]);
  });

  test("is not there: no such host, nobody at the port, a certificate of nobody known, no TLS at all", async ({ expect }) => {
    const folder = mkdtempSync(join(tmpdir(), "natslint-tls-"));
    open.push(() => rmSync(folder, { recursive: true, force: true }));
    const made = spawnSync(
      "openssl",
      ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "key.pem", "-out", "cert.pem", "-days", "2", "-subj", "/CN=localhost"],
      { cwd: folder },
    );
    expect(made.status).toBe(0);
    const secure = createServer({ key: readFileSync(join(folder, "key.pem")), cert: readFileSync(join(folder, "cert.pem")) }, (_, response) =>
      response.end("{}"),
    );
    await once(secure.listen(0, "127.0.0.1"), "listening");
    open.push(() => secure.close());
    const fake = await startFakeGitHub({ seed: { repositories: [] } });
    open.push(() => fake.close());
    const urls = [
      "https://github.invalid",
      "http://127.0.0.1:9",
      `https://127.0.0.1:${(secure.address() as AddressInfo).port}`,
      fake.url.replace("http:", "https:"),
    ];
    await Promise.all(
      urls.map(async (url) => {
        const served = await spawned(fake, { GITHUB_API_URL: url }, false);
        open.push(served.kill);
        await vi.waitFor(async () => expect(await served.get("/readyz"), url).toMatch(/^503 .*GitHub did not answer/), { timeout: 120_000, interval: 200 });
        expect(await served.get("/livez")).toMatch(/^200/);
        expect(served.text()).not.toMatch(/eyJ|PRIVATE KEY/);
        expect(await served.end()).toBe(0);
      }),
    );
  });

  test("knows another key than the process has: not ready from the start, and the process stays", async ({ expect }) => {
    const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const one = await world({ PRIVATE_KEY: String(privateKey.export({ type: "pkcs1", format: "pem" })) });
    await vi.waitFor(async () => expect(await one.served.get("/readyz")).toMatch(/^503 .*APP_ID and PRIVATE_KEY do not fit/), 60_000);
    expect(await one.served.get("/livez")).toMatch(/^200/);
  });
});
