// The whole service over real sockets against the fake GitHub: one pull request from its opening to its merge, and what
// else webhooks ask for.
import { afterEach, expect, test } from "vitest";
import { type FakeGitHub, type Seed, startFakeGitHub } from "../../github/fake-github.ts";
import type { FakePull, FakeRepository } from "../../github/state.ts";
import { release } from "./platform.ts";
import { checks, jobs, type Served, serve } from "./serve.ts";

interface World {
  readonly fake: FakeGitHub;
  readonly served: Served;
  readonly repository: FakeRepository;
  readonly send: (pull: FakePull, action: string, more?: Parameters<FakeGitHub["payloads"]["pullRequest"]>[2]) => Promise<string[]>;
}

const open: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

async function world({ env = {}, ...seed }: Partial<Seed> & { readonly env?: Readonly<Record<string, string>> } = {}): Promise<World> {
  const fake = await startFakeGitHub({
    seed: { repositories: [{ name: "acme/platform", branches: { main: { ...release("a"), ...release("b") } } }], ...seed },
  });
  open.push(() => fake.close());
  const served = await serve(fake, env);
  open.push(() => served.stop());
  let done = 0;
  const send: World["send"] = async (pull, action, more) => {
    const before = fake.writes().length;
    expect(await fake.deliver(served.webhooks, "pull_request", fake.payloads.pullRequest(pull, action, more))).toBe(202);
    await jobs(served, ++done);
    return fake.writes(before).map((line) =>
      line
        .replace(/@[0-9a-f]{7}/g, "@head")
        .replace(/at [0-9a-f]{7}/, "at head")
        .replace(/#\d{4,}/g, "#n"),
    );
  };
  return { fake, served, repository: fake.state.repository("acme/platform"), send };
}

test("from opened to merged", { timeout: 120_000 }, async () => {
  const { repository, send, fake } = await world();
  const story: string[] = [];
  const tell = (title: string, writes: readonly string[]): void => void story.push(`# ${title}`, ...writes);
  repository.push("topic", { ...release("a", "replicas", "debug", "trace"), ...release("b", "replicas", "debug") });
  const pull = repository.open({ head: "topic" });
  tell("opened with 5 findings", await send(pull, "opened"));
  repository.push("topic", { ...release("a", "replicas"), ...release("b", "replicas", "debug", "trace") });
  tell("2 fixed, 1 added", await send(pull, "synchronize"));
  repository.push("topic", { "README.md": "# Platform\n" });
  tell("pushed without a change to NATS", await send(pull, "synchronize"));
  tell("the same again", await send(pull, "synchronize"));
  repository.forcePush("topic", pull.heads[0] ?? "");
  tell("forced back to the first head", await send(pull, "synchronize"));
  repository.push("release", { "README.md": "" });
  pull.retarget("release");
  tell("retargeted to another branch", await send(pull, "edited", { changes: { base: { ref: { from: "main" }, sha: { from: pull.baseSha() } } } }));
  pull.merge();
  tell("merged", await send(pull, "closed"));
  await expect(`${story.join("\n")}\n`).toMatchFileSnapshot("service-story.txt");
  expect(checks(repository).every((line) => line.includes("completed"))).toBe(true);
  expect(fake.problems).toEqual([]);
});

test("a draft has a check and no comments; once it is ready it has both", { timeout: 60_000 }, async () => {
  const { repository, send } = await world();
  repository.push("topic", release("a", "replicas"));
  const pull = repository.open({ head: "topic", isDraft: true });
  expect((await send(pull, "opened")).join()).not.toMatch(/comment|review/);
  pull.isDraft = false;
  expect((await send(pull, "ready_for_review")).join("\n")).toBe(
    "acme/platform#1: review at head, COMMENT: production/a/values.yaml:5\nacme/platform#1: comment",
  );
});

test("a stranger's settings do not count, those of the branch it goes to do", { timeout: 60_000 }, async () => {
  const off = "rules: {cluster-min-replicas: off}\n";
  const { fake, send } = await world({
    repositories: [
      { name: "acme/platform", branches: { main: release("a") } },
      { name: "mallory/platform", forkOf: "acme/platform", branches: {} },
    ],
  });
  const fork = fake.state.repository("mallory/platform");
  const repository = fake.state.repository("acme/platform");
  fork.push("topic", { ...release("a", "replicas"), "natslint.yaml": off });
  const pull = repository.open({ head: "topic", from: fork });
  expect((await send(pull, "opened")).at(-1)).toMatch(/check run natslint failure "1 finding to fix"/);
  repository.push("main", { "natslint.yaml": off });
  expect((await send(pull, "edited", { changes: { base: { ref: { from: "x" }, sha: { from: "x" } } } })).at(-1)).toMatch(
    /check run natslint success "all clear"/,
  );
});

test("checks are run again when people ask for it", { timeout: 60_000 }, async () => {
  const { fake, served, repository, send } = await world();
  repository.push("topic", release("a", "replicas"));
  const pull = repository.open({ head: "topic" });
  await send(pull, "opened");
  const [run] = repository.checkRuns;
  if (run === undefined) throw new Error("no check run");
  await fake.deliver(served.webhooks, "check_run", fake.payloads.checkRun(repository, run, "rerequested"));
  await jobs(served, 2);
  await fake.deliver(served.webhooks, "check_suite", fake.payloads.checkSuite(repository, pull.head.sha));
  await jobs(served, 4);
  expect(checks(repository).map((line) => line.slice(8))).toEqual(Array(3).fill("completed failure 1 finding to fix"));
});

test("the button commits what is certain: for who may write, on the head it stands on, once", { timeout: 60_000 }, async () => {
  const { fake, served, repository, send } = await world({
    repositories: [{ name: "acme/platform", branches: { main: release("a") }, collaborators: { dora: "write", rita: "read" } }],
    permissions: { metadata: "read", contents: "write", pull_requests: "write", checks: "write" },
    env: { NATSLINT_WRITE_CONTENTS: "true" },
  });
  repository.push("topic", release("a", "replicas", "debug"));
  const pull = repository.open({ head: "topic" });
  await send(pull, "opened");
  const [run] = repository.checkRuns;
  if (run === undefined) throw new Error("no check run");
  expect(run.actions).toMatchObject([{ identifier: "apply-fixes" }]);
  const head = pull.head.sha;
  const press = async (done: number, login: string, identifier = "apply-fixes"): Promise<void> => {
    const sender = fake.payloads.checkRun(repository, run, "requested_action")["sender"] as Record<string, never>;
    await fake.deliver(
      served.webhooks,
      "check_run",
      fake.payloads.checkRun(repository, run, "requested_action", { sender: { ...sender, login }, requested_action: { identifier } }),
    );
    await jobs(served, done);
  };
  await press(2, "rita");
  await press(3, "dora", "unknown");
  expect(pull.head.sha).toBe(head);
  await press(4, "dora");
  expect(pull.head.sha).not.toBe(head);
  expect(pull.files().map(({ path, patch }) => [path, patch?.match(/^[+-].*/gm)])).toEqual([["production/a/values.yaml", ["+    debug: false"]]]);
  const fixed = pull.head.sha;
  await press(5, "dora");
  expect(pull.head.sha).toBe(fixed);
  expect(
    served
      .log()
      .filter(({ msg }) => msg === "a button was not obeyed")
      .map(({ why }) => why),
  ).toEqual(["the person may not write", "the button is not known", "the head moved"]);
});

test("a merge queue's commit has the same check, and no comment", { timeout: 60_000 }, async () => {
  const { fake, served, repository } = await world();
  const base = repository.branches.get("main") ?? "";
  const head = repository.push("gh-readonly-queue/main/pr-1", release("a", "replicas"));
  await fake.deliver(served.webhooks, "merge_group", fake.payloads.mergeGroup(repository, "checks_requested", head, base));
  await jobs(served, 1);
  expect(fake.writes()).toHaveLength(2);
  expect(checks(repository)).toEqual([`${head.slice(0, 7)} completed failure 1 finding to fix`]);
});

test("a pull request whose webhook was lost is found, once", { timeout: 60_000 }, async () => {
  const fake = await startFakeGitHub({
    seed: {
      repositories: [
        { name: "acme/platform", branches: { main: release("a") } },
        { name: "acme/other", branches: { main: release("a") } },
      ],
    },
  });
  open.push(() => fake.close());
  for (const { name } of fake.state.repositories) {
    const repository = fake.state.repository(`acme/${name}`);
    repository.push("topic", release("a", "replicas"));
    repository.open({ head: "topic" });
  }
  const served = await serve(fake, { NATSLINT_SWEEP_MINUTES: "1", NATSLINT_REPOSITORIES: "acme/platform" });
  open.push(() => served.stop());
  await jobs(served, 1);
  expect(checks(fake.state.repository("acme/platform")).map((line) => line.slice(8))).toEqual(["completed failure 1 finding to fix"]);
  expect(checks(fake.state.repository("acme/other"))).toEqual([]);
});

test("health, metrics, and an orderly end", { timeout: 60_000 }, async () => {
  const { fake, served, repository, send } = await world();
  expect((await fetch(`${served.base}/livez`)).status).toBe(200);
  expect((await fetch(`${served.base}/readyz`)).status).toBe(200);
  repository.push("topic", { "README.md": "nothing to lint\n" });
  expect((await send(repository.open({ head: "topic" }), "opened")).at(-1)).toMatch(/check run natslint success "nothing to lint"/);
  const metrics = await (await fetch(`${served.base}/metrics`)).text();
  expect(metrics).toMatch(/natslint_webhooks_total\{result="queued",status="202"\} 1/);
  expect(metrics).toMatch(/natslint_jobs_total\{kind="pull",result="done"\} 1/);
  expect(metrics).toMatch(/natslint_github_calls_total\{method="POST",status="201"\} \d/);
  expect(metrics).toMatch(/natslint_queue_jobs\{state="waiting"\} 0/);
  expect(metrics).not.toMatch(/acme|platform|topic/);
  expect((await fetch(`${served.base}/nothing`)).status).toBe(404);
  open.pop();
  expect(await served.stop()).toBe(0);
  expect(fake.problems).toEqual([]);
});
