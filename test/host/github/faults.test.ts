// Whatever a call meets has a kind, and reading goes on where it can.

import { afterEach, expect, test } from "vitest";
import { connect } from "../../../service/host/github/connection.ts";
import { deleteComment, editComment, postComment, postReview } from "../../../service/host/github/comments.ts";
import { existingComments } from "../../../service/host/github/existing-comments.ts";
import { type Fault, faultOf, faultSentence } from "../../../service/host/github/fault.ts";
import { readPullRequest } from "../../../service/host/github/pull-request.ts";
import type { How } from "../../github/faults.ts";
import { type Played, played } from "./world.ts";

let now: Played;
afterEach(() => now.fake.close());

const caught = async (work: Promise<unknown>): Promise<Fault | null> =>
  faultOf(
    await work.then(
      () => "nothing was thrown",
      (thrown: unknown) => thrown,
    ),
  );
const reading = () => readPullRequest(now.github, now.repository, 1);
const writing = () => postComment(now.github, now.repository, 1, "hello");

const status = (code: number, message: string, headers: Readonly<Record<string, string>> = {}): How => ({ kind: "status", status: code, message, headers });
const resetIn = (seconds: number): string => String(Math.floor(Date.now() / 1000) + seconds);

test.each<[string, How, Partial<Fault>]>([
  ["a missing permission", status(403, "Resource not accessible by integration"), { kind: "permission", after: null }],
  ["a missing permission, hidden", status(404, "Resource not accessible by integration"), { kind: "permission" }],
  ["an archived repository", status(403, "Repository was archived so is read-only."), { kind: "archived" }],
  ["a locked conversation", status(403, "Unable to create comment because issue is locked."), { kind: "locked" }],
  ["a locked conversation, as 422", status(422, "lock prevents review: issue is locked"), { kind: "locked" }],
  ["2,500 comments", status(403, "Commenting is disabled on issues with more than 2500 comments"), { kind: "crowded" }],
  [
    "an IP allow list",
    status(403, "Although you appear to have the correct authorization credentials, the `acme` organization has an IP allow list enabled"),
    { kind: "policy" },
  ],
  [
    "SAML",
    status(403, "Resource protected by organization SAML enforcement. You must grant your OAuth token access to this organization."),
    { kind: "policy" },
  ],
  ["a suspended installation", status(403, "This installation has been suspended"), { kind: "suspended" }],
  ["404", status(404, "Not Found"), { kind: "missing" }],
  ["410", status(410, "Gone"), { kind: "missing" }],
  ["409", status(409, "Conflict"), { kind: "conflict" }],
  ["400", status(400, "Problems parsing JSON"), { kind: "refused" }],
  ["422", status(422, "Validation Failed"), { kind: "validation", ambiguous: false }],
  [
    "the primary limit",
    status(403, "API rate limit exceeded for installation ID 1.", { "x-ratelimit-remaining": "0", "x-ratelimit-reset": resetIn(120) }),
    { kind: "primary-limit" },
  ],
  [
    "the primary limit as 429",
    status(429, "API rate limit exceeded", { "x-ratelimit-remaining": "0", "x-ratelimit-reset": resetIn(120) }),
    { kind: "primary-limit" },
  ],
  ["the secondary limit", status(403, "You have exceeded a secondary rate limit.", { "retry-after": "7" }), { kind: "secondary-limit", after: 7 }],
  ["retry-after 0", status(429, "slow down", { "retry-after": "0" }), { kind: "secondary-limit", after: 0 }],
  ["retry-after 3600", status(429, "slow down", { "retry-after": "3600" }), { kind: "secondary-limit", after: 3600 }],
  ["retry-after garbage", status(429, "slow down", { "retry-after": "soon" }), { kind: "secondary-limit", after: 60 }],
  ["a secondary limit that names no time", status(403, "You have exceeded a secondary rate limit."), { kind: "secondary-limit", after: 60 }],
])("%s", async (_name, how, expected) => {
  now = await played();
  await reading();
  for (const work of [reading, writing]) {
    const before = now.fake.traffic.length;
    now.fake.fail(/^(GET|POST) \/repos/, how, { times: 1 });
    expect(await caught(work())).toMatchObject(expected);
    expect(now.fake.traffic.length - before).toBe(1); // nothing of this kind is tried again
  }
});

test("waiting for a reset, and for an HTTP date", async () => {
  now = await played();
  now.fake.fail("GET /repos*", status(403, "API rate limit exceeded", { "x-ratelimit-remaining": "0", "x-ratelimit-reset": resetIn(120) }));
  expect((await caught(reading()))?.after).toBeGreaterThan(110);
  now.fake.fail("GET /repos*", status(429, "slow down", { "retry-after": new Date(Date.now() + 90_000).toUTCString() }));
  expect((await caught(reading()))?.after).toBeGreaterThan(80);
});

const TRANSIENT: readonly [string, How, Fault["kind"]][] = [
  ["500", status(500, "oops"), "server"],
  ["502 in HTML", { kind: "html" }, "server"],
  ["503", status(503, "away"), "server"],
  ["504", status(504, "late"), "server"],
  ["a page in place of JSON, with 200", { kind: "html", status: 200 }, "connection"],
  ["an empty answer", { kind: "empty" }, "connection"],
  ["half of an answer", { kind: "truncated" }, "connection"],
  ["an answer that breaks off", { kind: "cut" }, "connection"],
  ["a broken connection", { kind: "reset", when: "before" }, "connection"],
  ["a broken connection after the effect", { kind: "reset", when: "after" }, "connection"],
];

test.each(TRANSIENT)("%s: reading tries again, and gives up", async (_name, how, kind) => {
  now = await played();
  now.fake.fail("GET /repos*", how, { times: 2 });
  expect((await reading()).number).toBe(1);
  now.fake.fail("GET /repos*", how, { times: 4 });
  expect(await caught(reading())).toMatchObject({ kind, ambiguous: true });
});

test.each(TRANSIENT)("%s: writing does not try again, and may have had its effect", async (_name, how, kind) => {
  now = await played();
  await reading();
  const before = now.fake.traffic.length;
  now.fake.fail("POST *comments", how, { times: 2 });
  expect(await caught(writing())).toMatchObject({ kind, ambiguous: true });
  expect(now.fake.traffic.length - before).toBe(1);
});

test("silence ends after the time-out, for reading and for writing", async () => {
  now = await played();
  await reading();
  now.fake.fail("GET /repos*", { kind: "hang" });
  expect((await reading()).number).toBe(1);
  now.fake.fail("POST *comments", { kind: "hang" });
  expect(await caught(writing())).toMatchObject({ kind: "connection", ambiguous: true });
});

test("a wrong content type around right JSON does no harm, nor do fields that are missing or new", async () => {
  now = await played();
  now.fake.fail("GET *pulls/1", { kind: "content type", type: "text/html" });
  expect((await reading()).number).toBe(1);
  const change = (body: unknown): unknown => {
    const { draft: _draft, locked: _locked, ...rest } = body as Record<string, unknown>;
    return { ...rest, brand_new: { deep: true } };
  };
  now.fake.fail("GET *pulls/1", { kind: "change", change });
  expect(await reading()).toMatchObject({ draft: false, locked: false });
});

test.each<[string, string, Fault["kind"]]>([
  ["RATE_LIMITED", "API rate limit exceeded", "primary-limit"],
  ["FORBIDDEN", "Resource not accessible by integration", "permission"],
  ["NOT_FOUND", "Could not resolve to a node", "missing"],
  ["SOMETHING_NEW", "what is this", "validation"],
])("GraphQL's %s", async (type, message, kind) => {
  now = await played();
  now.fake.fail("graphql *", { kind: "graphql", type, message }, { times: 9 });
  expect((await caught(existingComments(now.github, now.repository, 1)))?.kind).toBe(kind);
});

test("GraphQL with parts missing: null nodes are passed over, a missing whole is no empty one", async () => {
  now = await played();
  now.pull.say("dora", "hello");
  const change = (body: unknown): unknown => {
    const { data } = body as { readonly data: { readonly repository: { readonly pullRequest: { readonly comments: { readonly nodes: unknown[] } } } } };
    data.repository.pullRequest.comments.nodes.unshift(null);
    return { data };
  };
  now.fake.fail("graphql *", { kind: "change", change });
  expect((await existingComments(now.github, now.repository, 1)).comments).toHaveLength(1);
  now.fake.fail("graphql *", { kind: "change", change: () => ({ data: { repository: { pullRequest: null } } }) });
  expect((await caught(existingComments(now.github, now.repository, 1)))?.kind).toBe("missing");
});

test("what a fault says holds no token, no control characters and no more than a line", async () => {
  now = await played();
  const token = `ghs_${"a1.-".repeat(100)}`;
  now.fake.fail("GET /repos*", status(403, `no ${token} \u202e\n\u001b[31m password: hunter2 ${"x".repeat(900)}`));
  const fault = await caught(reading());
  expect(fault?.said).toMatch(/^no \*{8} /);
  expect(fault?.said).not.toMatch(/ghs_|hunter2|[\p{C}\n]/u);
  expect(fault?.said.length).toBeLessThanOrEqual(200);
  expect(faultSentence(fault!)).toBe("GitHub did not grant the permission for this");
});

test("one bad place fails a whole review", async () => {
  now = await played();
  const comment = (line: number) => ({ path: "values.yaml", line, startLine: null, body: "x" });
  const work = postReview(now.github, now.repository, 1, { head: now.pull.head.sha, body: "x", comments: [comment(3), comment(9)] });
  expect(await caught(work)).toMatchObject({ kind: "validation" });
  expect(now.fake.writes()).toEqual([]);
});

test("nobody there, no such host, no TLS", async () => {
  now = await played();
  for (const apiUrl of ["http://127.0.0.1:9", "http://github.invalid", now.fake.url.replace("http:", "https:")]) {
    const github = connect({ apiUrl, token: () => Promise.resolve("ghs_x"), throttleId: "x", pace: 0 });
    expect(await caught(readPullRequest(github, now.repository, 1))).toMatchObject({ kind: "connection", status: null });
  }
});

test("a limit that GraphQL tells has the same kind with octokit's throttling on", async () => {
  now = await played({ tokens: { ghs_x: { login: "github-actions[bot]", permissions: { pull_requests: "write" } } } });
  now.fake.fail("graphql *", { kind: "graphql", type: "RATE_LIMITED", message: "API rate limit exceeded" });
  const github = connect({ apiUrl: now.fake.url, token: () => Promise.resolve("ghs_x"), throttleId: "limits" });
  expect((await caught(existingComments(github, now.repository, 1)))?.kind).toBe("primary-limit");
});

test("writes keep their distance, each installation for itself", async () => {
  now = await played({ tokens: { ghs_x: { login: "github-actions[bot]", permissions: { pull_requests: "write" } } } });
  const connected = (throttleId: string) => connect({ apiUrl: now.fake.url, token: () => Promise.resolve("ghs_x"), throttleId });
  const twice = async (throttleId: string): Promise<void> => {
    const github = connected(throttleId);
    for (const body of ["one", "two"]) await postComment(github, now.repository, 1, body);
  };
  const started = performance.now();
  await Promise.all([twice("a"), twice("b")]);
  const taken = performance.now() - started;
  expect(taken).toBeGreaterThan(2900);
  expect(taken).toBeLessThan(5500);
});

test("what comes to the same when done twice is repeated, but not where GitHub has answered", async () => {
  now = await played();
  await writing();
  const id = now.pull.comments[0]?.id ?? 0;
  now.fake.fail("PATCH *", { kind: "reset", when: "after" }, { times: 2 });
  await editComment(now.github, now.repository, id, "changed");
  expect(now.pull.comments.map(({ body }) => body)).toEqual(["changed"]);
  const before = now.fake.traffic.length;
  expect((await caught(deleteComment(now.github, now.repository, 99)))?.kind).toBe("missing");
  expect(now.fake.traffic.length - before).toBe(1);
});
