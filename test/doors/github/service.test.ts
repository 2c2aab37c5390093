// The whole service over real sockets against the fake GitHub: one pull request from its opening to its merge, and what
// else webhooks ask for.
import { afterEach, expect, test, vi } from "vitest";
import { type FakeGitHub, type Seed, startFakeGitHub } from "../../github/fake-github.ts";
import type { FakePull, FakeRepository } from "../../github/state.ts";
import { PAIR, TRIO } from "../world.ts";
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

/** A chart around values, so that nothing has to be said elsewhere. */
export const CHART = "apiVersion: v2\nname: own\nversion: 1.0.0\ndependencies:\n  - {name: nats, version: 2.14.2, repository: https://nats-io.github.io/k8s/helm/charts/}\n";
const files = (names: string, values = TRIO): Record<string, string> => Object.fromEntries([...names].flatMap((name) => [[`production/${name}/values.yaml`, values], [`production/${name}/Chart.yaml`, CHART]]));

async function world({ env = {}, ...seed }: Partial<Seed> & { readonly env?: Readonly<Record<string, string>> } = {}): Promise<World> {
  const fake = await startFakeGitHub({ seed: { repositories: [{ name: "acme/platform", branches: { main: files("abcdef") } }], ...seed } });
  open.push(() => fake.close());
  const served = await serve(fake, env);
  open.push(() => served.stop());
  let done = 0;
  const send: World["send"] = async (pull, action, more) => {
    const before = fake.writes().length;
    expect(await fake.deliver(served.webhooks, "pull_request", fake.payloads.pullRequest(pull, action, more))).toBe(202);
    await jobs(served, ++done);
    return fake.writes(before).map((line) => line.replace(/@[0-9a-f]{7}/g, "@head").replace(/at [0-9a-f]{7}/, "at head").replace(/#\d{4,}/g, "#n"));
  };
  return { fake, served, repository: fake.state.repository("acme/platform"), send };
}

test("from opened to merged", { timeout: 60_000 }, async () => {
  const { repository, send, fake } = await world();
  const story: string[] = [];
  const tell = (title: string, writes: readonly string[]): void => void story.push(`# ${title}`, ...writes);
  repository.push("topic", files("abcde", PAIR));
  const pull = repository.open({ head: "topic" });
  tell("opened with 5 findings", await send(pull, "opened"));
  repository.push("topic", { ...files("ab"), ...files("f", PAIR) });
  tell("2 fixed, 1 added", await send(pull, "synchronize"));
  repository.push("topic", { "README.md": "# Platform\n" });
  tell("pushed without a change to NATS", await send(pull, "synchronize"));
  tell("the same again", await send(pull, "synchronize"));
  repository.forcePush("topic", pull.heads[0] ?? "");
  tell("forced back to the first head", await send(pull, "synchronize"));
  repository.push("release", files("a", PAIR));
  pull.retarget("release");
  tell("retargeted to a branch that has one of the findings", await send(pull, "edited", { changes: { base: { ref: { from: "main" }, sha: { from: pull.baseSha() } } } }));
  pull.merge();
  tell("merged", await send(pull, "closed"));
  await expect(`${story.join("\n")}\n`).toMatchFileSnapshot("service-story.txt");
  expect(checks(repository).every((line) => line.includes("completed"))).toBe(true);
  expect(fake.problems).toEqual([]);
});
