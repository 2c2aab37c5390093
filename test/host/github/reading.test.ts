// What the client reads of a pull request, in full and in the face of what GitHub can answer.

import { afterEach, expect, test } from "vitest";
import { installedRepositories } from "../../../service/host/github/app.ts";
import { blobCache } from "../../../service/host/github/blob-cache.ts";
import { changedFiles } from "../../../service/host/github/changed-files.ts";
import { readBlob, readBlobs, readTree } from "../../../service/host/github/contents.ts";
import { existingComments } from "../../../service/host/github/existing-comments.ts";
import { mergeBase, openPullRequests, readPullRequest } from "../../../service/host/github/pull-request.ts";
import { type Played, played } from "./world.ts";

let now: Played;
afterEach(() => now.fake.close());

test("a pull request, its merge base and its files", async () => {
  now = await played();
  const { github, repository, pull } = now;
  const read = await readPullRequest(github, repository, 1);
  expect(read).toMatchObject({ number: 1, state: "open", draft: false, locked: false, isFork: false, head: { sha: pull.head.sha, ref: "feature" } });
  expect(await mergeBase(github, repository, read.base.sha, read.head.sha)).toBe(pull.mergeBase());
  const { files, complete } = await changedFiles(github, repository, 1);
  expect(complete).toBe(true);
  expect(files).toMatchObject([{ path: "values.yaml", status: "modified", patch: expect.stringMatching(/^@@ -1,6 \+1,6 @@\n k1: v\n/) }]);
  expect(await openPullRequests(github, repository)).toHaveLength(1);
});

test("a fork, and one that was deleted, count as forks", async () => {
  now = await played();
  const { fake, platform, github, repository } = now;
  const fork = fake.state.add({ name: "eve/platform", forkOf: "acme/platform", branches: { evil: { "values.yaml": "x: 1\n" } } });
  const pull = platform.open({ head: "evil", from: fork, author: "eve" });
  expect((await readPullRequest(github, repository, pull.number)).isFork).toBe(true);
  pull.head.repository = null;
  expect(await readPullRequest(github, repository, pull.number)).toMatchObject({ isFork: true, head: { repository: null } });
});

test("trees and blobs: paths that look odd, links, submodules, and bytes as they are", async () => {
  now = await played();
  const { platform, github, repository } = now;
  const odd = "a b#c%d?é\\\"'.yaml";
  const bytes = Uint8Array.from([0xef, 0xbb, 0xbf, 0x61, 0x0d, 0x0a, 0xff, 0x00]);
  const head = platform.push("feature", {
    [odd]: "x: 1\r\n",
    "deep/er/file.yaml": bytes,
    "empty.yaml": "",
    link: { link: "../../etc/passwd" },
    sub: { submodule: "a".repeat(40) },
  });
  const { files, complete } = await readTree(github, repository, head);
  expect(complete).toBe(true);
  expect(files.map(({ path, kind }) => `${kind} ${path}`).sort()).toEqual(
    [`file ${odd}`, "file deep/er/file.yaml", "file empty.yaml", "link link", "file other.yaml", "submodule sub", "file values.yaml"].sort(),
  );
  const blobs = await readBlobs(
    github,
    repository,
    files.filter(({ kind }) => kind === "file").map(({ blob }) => blob),
  );
  const of = (path: string): Uint8Array | undefined => blobs.get(files.find((file) => file.path === path)?.blob ?? "");
  expect(Buffer.from(of("deep/er/file.yaml") ?? "")).toEqual(Buffer.from(bytes));
  expect(of("empty.yaml")).toHaveLength(0);
});

test("a tree that GitHub cuts off is read folder by folder", async () => {
  now = await played();
  const { fake, platform, github, repository } = now;
  fake.limits.treeEntries = 6;
  const head = platform.forcePush(
    "feature",
    Object.fromEntries(["a", "b", "c"].flatMap((folder) => [1, 2, 3, 4].map((one) => [`${folder}/${one}.yaml`, `${folder}${one}`]))),
  );
  const { files, complete } = await readTree(github, repository, head);
  expect({ complete, count: files.length }).toEqual({ complete: true, count: 12 });
  fake.limits.treeEntries = 3;
  expect((await readTree(github, repository, head)).complete).toBe(false);
});

test("a blob in the cache is not read again, and half of one never counts", async () => {
  now = await played();
  const { fake, platform, github, repository } = now;
  const blob = fake.state.objects.files(platform.branches.get("main") ?? "")?.get("values.yaml")?.sha ?? "";
  const cache = blobCache(1000);
  const change = (body: unknown): unknown => ({ ...(body as object), content: "aGFsZg==" });
  fake.fail("GET *git/blobs*", { kind: "change", change }, { times: 9 });
  await expect(readBlob(github, repository, blob, cache)).rejects.toThrow("do not fit");
  const other = await played();
  const once = await readBlob(other.github, repository, blob, cache);
  const calls = other.fake.traffic.length;
  expect(await readBlob(other.github, repository, blob, cache)).toBe(once);
  expect(other.fake.traffic).toHaveLength(calls);
  await other.fake.close();
});

test("100, 101, 300 and 3,001 changed files: all pages, and whether that is all", async () => {
  now = await played();
  const { platform, github, repository, fake } = now;
  await readPullRequest(github, repository, 1); // makes the token
  const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`f/${index}.yaml`, `n: ${index}\n`]));
  for (const [index, count] of [100, 101, 300].entries()) {
    platform.push(`many${count}`, many(count));
    const pull = platform.open({ head: `many${count}` });
    const before = fake.traffic.length;
    expect(await changedFiles(github, repository, pull.number)).toMatchObject({ complete: true, files: { length: count } });
    expect(fake.traffic.length - before).toBe([2, 2, 3][index]);
  }
  platform.push("all", many(3001));
  const { files, complete } = await changedFiles(github, repository, platform.open({ head: "all" }).number);
  expect([files.length, complete]).toEqual([3000, false]);
});

test("no patch for binaries and pure renames, the former path for renames", async () => {
  now = await played();
  const { platform, github, repository } = now;
  platform.push("moves", { "bin.yaml": Uint8Array.from([0, 1, 2]), "other.yaml": null, "moved.yaml": "a: 1\n", "values.yaml": null });
  const { files } = await changedFiles(github, repository, platform.open({ head: "moves" }).number);
  expect(files).toMatchObject([
    { path: "bin.yaml", status: "added", patch: null },
    { path: "moved.yaml", status: "renamed", previousPath: "other.yaml", patch: null },
    { path: "values.yaml", status: "removed" },
  ]);
});

test("threads and comments of many pages, with who resolved, hid, replied and reacted", async () => {
  now = await played();
  const { fake, pull, github, repository } = now;
  const anchor = { path: "values.yaml", subject: "LINE", side: "RIGHT", line: 3, startLine: null } as const;
  const bot = fake.state.user("natslint[bot]");
  for (let thread = 0; thread < 101; thread++)
    pull.addThread(bot, pull.addReview(bot, pull.head.sha, "COMMENT", "x"), anchor, pull.head.sha, `thread ${thread}`);
  for (let reply = 0; reply < 160; reply++) pull.reply(pull.threads[0]!, "dora", `reply ${reply}`);
  for (let one = 0; one < 201; one++) pull.say("dora", `comment ${one}`);
  pull.resolve(pull.threads[1]!, "dora");
  pull.minimize(pull.comments[0]!, "dora");
  pull.react(pull.threads[2]!.comments[0]!, "dora");
  const { threads, comments } = await existingComments(github, repository, 1);
  expect([threads.length, comments.length]).toEqual([101, 201]);
  expect(threads[0]?.comments.map(({ body }) => body).slice(0, 2)).toEqual(["thread 0", "reply 0"]);
  expect(threads[0]?.comments).toHaveLength(161);
  expect(threads[0]).toMatchObject({ path: "values.yaml", line: 3, startLine: null, side: "RIGHT", subject: "line", isOutdated: false, resolvedBy: null });
  expect(threads[0]?.comments[0]?.author).toEqual({ login: "natslint", isBot: true });
  expect(threads[1]?.resolvedBy).toEqual({ login: "dora", isBot: false });
  expect(threads[2]?.comments[0]?.reactions).toBe(1);
  expect([comments[0]?.isMinimized, comments[1]?.isMinimized]).toEqual([true, false]);
  expect(fake.traffic.filter(({ call }) => call.name.startsWith("graphql"))).toHaveLength(5);
});

test("comments move with their line, and are outdated when it is gone", async () => {
  now = await played();
  const { fake, platform, pull, github, repository } = now;
  const bot = fake.state.user("natslint[bot]");
  for (const line of [3, 15])
    pull.addThread(
      bot,
      pull.addReview(bot, pull.head.sha, "COMMENT", "x"),
      { path: "values.yaml", subject: "LINE", side: "RIGHT", line, startLine: null },
      pull.head.sha,
      "x",
    );
  const text = String(fake.state.objects.blob(pull.files()[0]?.sha ?? ""));
  platform.push("feature", { "values.yaml": `new: 1\nnew2: 1\n${text.replace("k15: w", "k15: x")}` });
  const { threads } = await existingComments(github, repository, 1);
  expect(threads.map(({ line, isOutdated }) => [line, isOutdated])).toEqual([
    [5, false],
    [null, true],
  ]);
});

test("where the App is installed, and on what", async () => {
  now = await played();
  const { app, installation, platform, fake } = now;
  expect(await app.identity()).toEqual({ id: 4711, slug: "natslint", login: "natslint[bot]" });
  expect(await app.installations()).toEqual([{ id: installation, suspended: false }]);
  expect(await installedRepositories(app.installation(installation))).toEqual([{ id: platform.id, owner: "acme", name: "platform" }]);
  platform.isArchived = true;
  expect(await installedRepositories(app.installation(installation))).toEqual([]);
  fake.installations.get(installation)!.isSuspended = true;
  expect(await app.installations()).toEqual([{ id: installation, suspended: true }]);
});

test("a renamed repository is followed", async () => {
  now = await played();
  now.fake.state.rename(now.platform, "renamed");
  now.fake.installations.get(now.installation)!.repositories = ["acme/renamed"];
  expect((await readPullRequest(now.github, now.repository, 1)).number).toBe(1);
});

test("a head that has nothing in common with its base", async () => {
  now = await played();
  const { platform, pull, github, repository } = now;
  const head = platform.forcePush("feature", { "values.yaml": "a: 1\n" });
  expect(await mergeBase(github, repository, pull.baseSha(), head)).toBeNull();
  await expect(mergeBase(github, repository, pull.baseSha(), "0".repeat(40))).rejects.toThrow("Not Found");
});

test("a list that never ends is left, and a page that shrank meanwhile ends nothing", async () => {
  now = await played();
  const { fake, platform, github, repository } = now;
  fake.fail("GET *files", { kind: "link", next: `${fake.url}/again` }, { times: 999 });
  const { files, complete } = await changedFiles(github, repository, 1);
  expect([files.length, complete, fake.traffic.filter(({ path }) => path.includes("/files")).length]).toEqual([1, false, 30]);
  const other = await played();
  other.platform.push("many", Object.fromEntries(Array.from({ length: 150 }, (_, index) => [`f/${index}.yaml`, `n: ${index}\n`])));
  other.fake.fail("GET *files", { kind: "change", change: (body) => (body as unknown[]).slice(0, 60) });
  expect((await changedFiles(other.github, other.repository, other.platform.open({ head: "many" }).number)).files).toHaveLength(110);
  await other.fake.close();
  expect(platform.pulls.size).toBe(1);
});
