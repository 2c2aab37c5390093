// The whole service over real sockets, against the fake GitHub.
import { afterEach, expect, test } from "vitest";
import { PAIR, TRIO } from "../world.ts";
import { type FakeGitHub, startFakeGitHub } from "../../github/fake-github.ts";
import { checks, jobs, type Served, serve } from "./serve.ts";

const open: { stop?: () => Promise<unknown>; close?: () => Promise<unknown> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await (one.stop?.() ?? one.close?.());
});

async function world(files: Readonly<Record<string, string>>, env: Readonly<Record<string, string>> = {}): Promise<{ fake: FakeGitHub; served: Served }> {
  const fake = await startFakeGitHub({ seed: { repositories: [{ name: "acme/platform", branches: { main: files } }] } });
  open.push(fake);
  const served = await serve(fake, env);
  open.push(served);
  return { fake, served };
}

test("a pull request gets a check and a comment", async () => {
  const { fake, served } = await world({ "production/nats/values.yaml": TRIO, "production/nats/Chart.yaml": "apiVersion: v2\nname: x\nversion: 1.0.0\ndependencies:\n  - {name: nats, version: 2.14.2, repository: https://nats-io.github.io/k8s/helm/charts/}\n" });
  const repository = fake.state.repository("acme/platform");
  repository.push("topic", { "production/nats/values.yaml": PAIR });
  const pull = repository.open({ head: "topic" });
  expect(await fake.deliver(served.webhooks, "pull_request", fake.payloads.pullRequest(pull, "opened"))).toBe(202);
  await jobs(served, 1);
  console.log(fake.writes().join("\n"), served.text(), fake.traffic.map(({ call, status }) => `${call.name} ${status}`).join("\n"));
  console.log(checks(repository));
}, 30_000);
