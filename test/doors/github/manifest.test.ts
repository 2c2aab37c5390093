// The App's manifest and its guide ask for what the service uses, and for nothing else.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readConfiguration } from "../../../service/doors/github/configuration.ts";
import { sortEvent } from "../../../service/doors/github/events.ts";
import { permissionsFor } from "../../../service/doors/github/service.ts";
import { WEBHOOK_PATH } from "../../../service/doors/github/receiver.ts";
import { root } from "../../../tools/opa.ts";
import { BASE, HEAD, pullRequestEvent } from "./events.ts";

interface Manifest {
  readonly default_permissions: Readonly<Record<string, string>>;
  readonly default_events: readonly string[];
  readonly hook_attributes: { readonly url: string };
}

const manifest = JSON.parse(readFileSync(join(root, "docs/github-app-manifest.json"), "utf8")) as Manifest;
const guide = readFileSync(join(root, "docs/github-app.md"), "utf8");
const app = { APP_ID: "1", WEBHOOK_SECRET: "x", PRIVATE_KEY: "-----BEGIN PRIVATE KEY-----" };

test("its events are those that make jobs", () => {
  const context = { host: "api.github.com", appId: 5, isServed: () => true };
  const check = { head_sha: HEAD, external_id: "pr:7", app: { id: 5 } };
  const events: Record<string, Record<string, unknown>> = {
    pull_request: pullRequestEvent("opened"),
    merge_group: { ...pullRequestEvent("checks_requested"), merge_group: { head_sha: HEAD, base_sha: BASE } },
    check_run: { ...pullRequestEvent("rerequested"), check_run: check },
    check_suite: { ...pullRequestEvent("rerequested"), check_suite: check },
  };
  expect([...manifest.default_events].sort()).toEqual(Object.keys(events).sort());
  for (const [event, payload] of Object.entries(events)) expect(sortEvent(event, payload, context), event).toHaveProperty("jobs");
});

test("its permissions are those of the tokens", () => {
  const read = readConfiguration(app, {});
  if ("problems" in read) throw new Error(read.problems.join());
  const job = { version: 1, host: "h", installation: 1, repository: { id: 1, owner: "a", name: "b" }, reason: "test" } as const;
  const pull = permissionsFor({ ...job, kind: "pull", number: 1, again: false }, read.configuration);
  const merge = permissionsFor({ ...job, kind: "merge", head: HEAD, base: BASE, order: "check" }, read.configuration);
  // GitHub itself asks for the two others: metadata always, merge queues for the event.
  expect({ metadata: "read", merge_queues: "read", ...merge, ...pull }).toEqual(manifest.default_permissions);
});

test("it leads to the webhooks' address", () => {
  expect(new URL(manifest.hook_attributes.url).pathname).toBe(WEBHOOK_PATH);
  expect(guide).toContain(WEBHOOK_PATH);
});

test("the guide names every variable that is read, and the Dockerfile's port is the usual one", () => {
  const source = readFileSync(join(root, "service/doors/github/configuration.ts"), "utf8");
  const variables = [...source.matchAll(/(?:get|optional)\((?:"\w+", )?"([A-Z_]+)"\)/g)].map(([, name = ""]) => name);
  expect(variables.length).toBeGreaterThan(20);
  // The pace is for tests.
  for (const name of new Set(variables)) if (name !== "NATSLINT_PACE") expect(guide, name).toContain(`\`${name}\``);
  const read = readConfiguration(app, {});
  const dockerfile = readFileSync(join(root, "Dockerfile"), "utf8");
  expect("configuration" in read ? `EXPOSE ${read.configuration.port}` : "").toBe(/EXPOSE \d+/.exec(dockerfile)?.[0]);
});
