// The fake is only worth what it refuses: it is held against real git, GitHub's description, and what GitHub is known to do.

import { execFileSync } from "node:child_process";
import { createHmac, createSign } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, expect, test, vi } from "vitest";
import { type FakeGitHub, startFakeGitHub } from "./fake-github.ts";
import { diffs } from "./diff.ts";
import { gitObjects } from "./git-objects.ts";
import { payloadProblem, signedWebhook } from "./webhooks.ts";

const TOKENS = {
  ghs_write: { login: "github-actions[bot]", permissions: { contents: "read", pull_requests: "write", checks: "write" } },
  ghs_read: { login: "github-actions[bot]", permissions: { contents: "read", pull_requests: "read" } },
};
const LINES = Array.from({ length: 30 }, (_, index) => `k${index + 1}: v\n`);
const changed = LINES.map((line, index) => (index === 2 || index === 19 ? line.replace("v", "w") : index === 21 ? "" : line)).join("");

let fake: FakeGitHub;
let folder: string | null = null;
afterEach(async () => {
  if (folder !== null) rmSync(folder, { recursive: true, force: true });
  folder = null;
  await fake?.close();
});

async function start(): Promise<void> {
  fake = await startFakeGitHub({
    seed: { repositories: [{ name: "acme/platform", branches: { main: { "a.yaml": LINES.join("") }, topic: { "a.yaml": changed } } }], tokens: TOKENS },
  });
  fake.state.repository("acme/platform").open({ head: "topic" });
}

async function call(
  method: string,
  path: string,
  body?: unknown,
  token = "ghs_write",
  headers: Record<string, string> = {},
): Promise<{ status: number; body: Record<string, never>; headers: Headers }> {
  const answer = await fetch(`${fake.url}${path}`, {
    method,
    headers: { authorization: `token ${token}`, ...headers },
    redirect: "manual",
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, body: (text === "" ? {} : JSON.parse(text)) as Record<string, never>, headers: answer.headers };
}

const R = "/repos/acme/platform";
const head = (): string => fake.state.repository("acme/platform").pulls.get(1)?.head.sha ?? "";

test("commits, trees and diffs are git's own", { timeout: 60_000 }, () => {
  const lines = fc.array(fc.constantFrom("a: 1", "b: 2", "  c: 3", "", "d"), { maxLength: 30 });
  fc.assert(
    fc.property(lines, lines, fc.boolean(), (before, after, newline) => {
      const objects = gitObjects();
      const text = (all: readonly string[], end: boolean): string => all.join("\n") + (end && all.length > 0 ? "\n" : "");
      const one = objects.makeCommit([], { "d/x.yaml": text(before, true), "d.yaml": "1", "d-e": "2" }, "one");
      const two = objects.makeCommit([one], { "d/x.yaml": text(after, newline), "d.yaml": null, new: "3\n" }, "two");
      const place = mkdtempSync(join(tmpdir(), "natslint-git-"));
      objects.write(place, new Map([["main", two]]), "main");
      const git = (...args: string[]): string => execFileSync("git", ["-C", place, ...args], { encoding: "utf8" });
      git("fsck", "--strict");
      expect(git("rev-parse", "main^{commit}").trim()).toBe(two);
      const files = diffs(objects).between(one, two);
      expect(files.map(({ path, status }) => `${{ added: "A", removed: "D", modified: "M", renamed: "R", changed: "T" }[status]} ${path}`)).toEqual(
        git("diff", "--no-renames", "--name-status", one, two)
          .trim()
          .split("\n")
          .map((line) => line.replace("\t", " ")),
      );
      for (const { path, patch } of files) {
        if (patch === null || path !== "d/x.yaml") continue;
        git("read-tree", one);
        execFileSync("git", ["-C", place, "apply", "--cached", "-"], { input: `--- a/${path}\n+++ b/${path}\n${patch}\n`, stdio: ["pipe", "ignore", "pipe"] });
        expect(git("show", `:${path}`)).toBe(text(after, newline));
      }
      rmSync(place, { recursive: true, force: true });
    }),
    { numRuns: 12 },
  );
});

test("a real clone of what the fake knows", async () => {
  await start();
  folder = mkdtempSync(join(tmpdir(), "natslint-git-"));
  fake.state.repository("acme/platform").write(join(folder, "origin"));
  execFileSync("git", ["clone", "-q", join(folder, "origin"), join(folder, "clone")]);
  expect(execFileSync("git", ["-C", join(folder, "clone"), "rev-parse", "origin/topic"], { encoding: "utf8" }).trim()).toBe(head());
});

test.each<[string, object, number]>([
  ["an added line", { line: 3, side: "RIGHT" }, 201],
  ["a context line", { line: 1, side: "RIGHT" }, 201],
  ["the last line of a hunk", { line: 6, side: "RIGHT" }, 201],
  ["a line between hunks", { line: 10, side: "RIGHT" }, 422],
  ["line 0", { line: 0, side: "RIGHT" }, 422],
  ["a line beyond the file", { line: 999, side: "RIGHT" }, 422],
  ["a deleted line, on the left", { line: 22, side: "LEFT" }, 201],
  ["a context line, on the left", { line: 1, side: "LEFT" }, 422],
  ["a range in one hunk", { line: 5, start_line: 2, side: "RIGHT", start_side: "RIGHT" }, 201],
  ["a range over two hunks", { line: 20, start_line: 3, side: "RIGHT", start_side: "RIGHT" }, 422],
  ["start = end", { line: 3, start_line: 3, side: "RIGHT" }, 422],
  ["start > end", { line: 3, start_line: 5, side: "RIGHT" }, 422],
  ["the file", { subject_type: "file" }, 201],
  ["a file that is not in the diff", { path: "b.yaml", subject_type: "file" }, 422],
  ["a commit that is not the pull request's", { line: 3, commit_id: "0".repeat(40) }, 422],
  ["a body of 65,537 characters", { line: 3, body: "x".repeat(65_537) }, 422],
  ["a body of nothing", { line: 3, body: " " }, 422],
])("a comment on %s", async (_name, place, status) => {
  await start();
  expect((await call("POST", `${R}/pulls/1/comments`, { body: "x", path: "a.yaml", commit_id: head(), ...place })).status).toBe(status);
  expect(fake.writes()).toHaveLength(status === 201 ? 1 : 0);
});

test("a review is taken whole or not at all, and a COMMENT wants a body", async () => {
  await start();
  const comments = [
    { path: "a.yaml", line: 3, side: "RIGHT", body: "x" },
    { path: "a.yaml", line: 10, side: "RIGHT", body: "y" },
  ];
  expect((await call("POST", `${R}/pulls/1/reviews`, { commit_id: head(), event: "COMMENT", body: "x", comments })).status).toBe(422);
  expect((await call("POST", `${R}/pulls/1/reviews`, { commit_id: head(), event: "COMMENT", comments: comments.slice(0, 1) })).status).toBe(422);
  expect(fake.writes()).toEqual([]);
  expect((await call("POST", `${R}/pulls/1/reviews`, { commit_id: head(), event: "COMMENT", body: "x", comments: comments.slice(0, 1) })).status).toBe(200);
});

const CHECK = { name: "natslint", head_sha: "" };
test.each<[string, string, object]>([
  ["a misspelt key", "/pulls/1/reviews", { event: "COMMENT", body: "x", coments: [] }],
  ["a subject inside of a review", "/pulls/1/reviews", { event: "COMMENT", body: "x", comments: [{ path: "a.yaml", body: "x", subject_type: "file" }] }],
  ["a line as text", "/pulls/1/reviews", { event: "COMMENT", body: "x", comments: [{ path: "a.yaml", body: "x", line: "3" }] }],
  ["an unknown event", "/pulls/1/reviews", { event: "SHOUT", body: "x" }],
  ["a missing commit_id", "/pulls/1/comments", { path: "a.yaml", line: 3, body: "x" }],
  [
    "51 annotations",
    "/check-runs",
    {
      ...CHECK,
      output: {
        title: "x",
        summary: "x",
        annotations: Array.from({ length: 51 }, () => ({ path: "a", start_line: 1, end_line: 1, annotation_level: "notice", message: "x" })),
      },
    },
  ],
  [
    "a level that is none",
    "/check-runs",
    { ...CHECK, output: { title: "x", summary: "x", annotations: [{ path: "a", start_line: 1, end_line: 1, annotation_level: "error", message: "x" }] } },
  ],
  ["a summary of 65,536 characters", "/check-runs", { ...CHECK, output: { title: "x", summary: "x".repeat(65_536) } }],
])("GitHub's description refuses %s", async (_name, path, body) => {
  await start();
  expect((await call("POST", R + path, body)).status).toBe(422);
  expect(fake.problems.splice(0)).toHaveLength(1);
});

test("tokens: none, unknown, expired, reading only; other people's comments", async () => {
  await start();
  const pull = fake.state.repository("acme/platform").pulls.get(1)!;
  const theirs = pull.say("dora", "mine");
  expect((await call("GET", `${R}/pulls/1`, undefined, "nobody")).status).toBe(401);
  expect((await call("POST", `${R}/issues/1/comments`, { body: "x" }, "ghs_read")).body).toMatchObject({ message: "Resource not accessible by integration" });
  expect((await call("PATCH", `${R}/issues/comments/${theirs.id}`, { body: "yours" })).status).toBe(403);
  expect((await call("GET", "/app")).status).toBe(401);
  expect(theirs.body).toBe("mine");
});

test("pages, conditional reading, former names", async () => {
  await start();
  const pull = fake.state.repository("acme/platform").pulls.get(1)!;
  for (let index = 0; index < 5; index++) pull.say("dora", `${index}`);
  const page = await call("GET", `${R}/issues/1/comments?per_page=2&page=2`);
  expect(page.body).toMatchObject([{ body: "2" }, { body: "3" }]);
  expect(page.headers.get("link")).toMatch(/page=1>; rel="prev".*page=3>; rel="next".*page=3>; rel="last"/);
  const etag = (await call("GET", `${R}/pulls/1`)).headers.get("etag") ?? "";
  expect((await call("GET", `${R}/pulls/1`, undefined, "ghs_write", { "if-none-match": etag })).status).toBe(304);
  fake.state.rename(fake.state.repository("acme/platform"), "renamed");
  const moved = await call("GET", `${R}/pulls/1`);
  expect([moved.status, moved.headers.get("location")]).toEqual([301, `${fake.url}/repos/acme/renamed/pulls/1`]);
});

test.each([
  ["{ viewer { nme } }", "Field 'nme' doesn't exist on type 'User'"],
  ["{ viewer }", "must have selections"],
  ["query ($id: ID!) { node(id: $id) { id } }", "it is missing"],
  ['mutation { minimizeComment(input: { subjectId: "x", classifier: FIXED }) { clientMutationId } }', "has no value FIXED"],
  ['{ repository(owner: "acme", name: "platform") { pullRequest(number: 1) { comments { nodes { id } } } } }', "You must provide a `first` or `last`"],
  ['{ repository(owner: "acme") { id } }', "missing required arguments: name"],
  ["{ viewer { login }", "Unexpected"],
])("GraphQL refuses %s", async (query, message) => {
  await start();
  const { body } = await call("POST", "/graphql", { query });
  expect(JSON.stringify(body)).toContain(message.replaceAll('"', '\\"'));
  expect(fake.problems.splice(0).length).toBeGreaterThan(0);
});

test("webhooks fit GitHub's description and are signed over their bytes", async () => {
  await start();
  const repository = fake.state.repository("acme/platform");
  const pull = repository.pulls.get(1)!;
  const { payloads } = fake;
  await call("POST", `${R}/check-runs`, { name: "natslint", head_sha: head(), status: "in_progress" });
  const [run] = repository.checkRuns;
  const all: [string, object][] = [
    ...["opened", "synchronize", "reopened", "closed", "edited", "ready_for_review", "converted_to_draft"].map((action): [string, object] => [
      "pull_request",
      payloads.pullRequest(pull, action),
    ]),
    ["check_run", payloads.checkRun(repository, run!, "rerequested")],
    ["check_run", payloads.checkRun(repository, run!, "requested_action", { requested_action: { identifier: "apply-fixes" } })],
    ["check_suite", payloads.checkSuite(repository, head())],
    ["merge_group", payloads.mergeGroup(repository, "checks_requested", head(), pull.baseSha())],
    ["merge_group", payloads.mergeGroup(repository, "destroyed", head(), pull.baseSha())],
    ...["created", "deleted", "suspend", "unsuspend"].map((action): [string, object] => ["installation", payloads.installation("acme", action)]),
  ];
  for (const [event, payload] of all) expect(payloadProblem(event, payload as never)).toBeNull();
  expect(signedWebhook("ping", {}, "secret", "1")).toMatchObject({
    body: "{}",
    headers: { "x-hub-signature-256": `sha256=${createHmac("sha256", "secret").update("{}").digest("hex")}` },
  });
});

/** What the App signs itself with. */
function jwt(): string {
  const now = Math.floor(Date.now() / 1000);
  const text = [
    { alg: "RS256", typ: "JWT" },
    { iss: fake.app.id, iat: now, exp: now + 300 },
  ]
    .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
    .join(".");
  return `${text}.${createSign("RSA-SHA256").update(text).sign(fake.app.privateKey, "base64url")}`;
}

test("deliveries are kept, and sent again on request under the same id", async () => {
  await start();
  const pull = fake.state.repository("acme/platform").pulls.get(1)!;
  expect(await fake.deliver("http://127.0.0.1:9/", "pull_request", fake.payloads.pullRequest(pull, "opened"), { delivery: "one" })).toBe(0);
  const kept = (await call("GET", "/app/hook/deliveries", undefined, jwt())).body as unknown as readonly { readonly id: number; readonly guid: string }[];
  expect(kept).toMatchObject([{ guid: "one", event: "pull_request", action: "opened", status_code: 0, redelivery: false }]);
  expect((await call("POST", `/app/hook/deliveries/${kept[0]?.id}/attempts`, undefined, jwt())).status).toBe(202);
  await vi.waitFor(async () => {
    expect((await call("GET", "/app/hook/deliveries", undefined, jwt())).body).toMatchObject([
      { guid: "one", redelivery: true },
      { guid: "one", redelivery: false },
    ]);
  });
});

test("both kinds of limits", async () => {
  await start();
  fake.limits.createsPerMinute = 1;
  expect((await call("POST", `${R}/issues/1/comments`, { body: "x" })).status).toBe(201);
  expect((await call("POST", `${R}/issues/1/comments`, { body: "x" })).headers.get("retry-after")).toBe("60");
  fake.limits.calls = 1;
  expect((await call("GET", R)).status).toBe(200);
  const { status, headers } = await call("GET", R);
  expect([status, headers.get("x-ratelimit-remaining")]).toEqual([403, "0"]);
});
