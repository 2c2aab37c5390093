// What commits hold, asked of a real git: odd names, renames, links, submodules, shallow checkouts, foreign owners.
import { execFileSync } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { openRepository, type Repository } from "../../service/host/git.ts";
import { hunksOf } from "../../service/report/pull-request/changed-file.ts";

const ACCESS = { server: "http://127.0.0.1:9", repository: "octo/nats", token: "" };
const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function git(folder: string, ...args: string[]): string {
  const who = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "protocol.file.allow=always"];
  return execFileSync("git", [...who, ...args], { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] }).trim();
}

function empty(): string {
  const folder = mkdtempSync(join(tmpdir(), "natslint-git-"));
  folders.push(folder);
  git(folder, "init", "--quiet", "--initial-branch=main");
  return folder;
}

function commit(folder: string, files: Readonly<Record<string, string | Uint8Array | null>>): string {
  for (const [path, content] of Object.entries(files)) {
    if (content === null) rmSync(join(folder, path));
    else {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
  }
  git(folder, "add", "--all");
  git(folder, "commit", "--quiet", "--allow-empty", "-m", "x");
  return git(folder, "rev-parse", "HEAD");
}

async function open(folder: string): Promise<Repository> {
  const repository = await openRepository(folder, ACCESS);
  if (repository === null) throw new Error("no repository");
  return repository;
}

const ODD = [
  "plain.yaml",
  "with blank.yaml",
  "quote\"'.yaml",
  "back\\slash.yaml",
  "line\nbreak.yaml",
  "tab\t.yaml",
  "ünï/日本.yaml",
  "-dash.yaml",
  "%41#?.yaml",
];

describe("trees and blobs", () => {
  test("paths are as they are, whatever is in them", async () => {
    const folder = empty();
    const head = commit(folder, Object.fromEntries(ODD.map((path, index) => [path, `${index}\n\n`])));
    const repository = await open(folder);
    const tree = await repository.tree(head);
    expect(tree.map(({ path }) => path).sort()).toEqual([...ODD].sort());
    const blobs = await repository.blobs(tree.map(({ id }) => id));
    for (const { path, id, size } of tree) expect([size, blobs.get(id)?.toString()]).toEqual([3, `${ODD.indexOf(path)}\n\n`]);
  });

  test("links and submodules are told apart; bytes are bytes; what is missing is not there", async () => {
    const folder = empty();
    const other = empty();
    commit(other, { "a.yaml": "a: 1\n" });
    git(folder, "submodule", "--quiet", "add", other, "sub");
    symlinkSync("/etc/passwd", join(folder, "link.yaml"));
    const bytes = Uint8Array.from([0, 10, 255, 10, 0]);
    const head = commit(folder, { "binary.yaml": bytes, "empty.yaml": "" });
    const repository = await open(folder);
    const tree = new Map((await repository.tree(head)).map((entry) => [entry.path, entry] as const));
    expect([tree.get("link.yaml")?.kind, tree.get("sub")?.kind, tree.get("binary.yaml")?.kind]).toEqual(["link", "submodule", "file"]);
    const ids = ["binary.yaml", "empty.yaml"].map((path) => tree.get(path)?.id ?? "");
    const blobs = await repository.blobs([...ids, "1".repeat(40), ...ids]);
    expect([...blobs.values()].map((one) => [...one])).toEqual([[...bytes], []]);
    expect(await repository.blobs([])).toEqual(new Map());
  });
});

describe("changes", () => {
  test("added, removed, modified, renamed, and a file that turned into a link", async () => {
    const folder = empty();
    const text = Array.from({ length: 20 }, (_, line) => `key${line}: ${line}`).join("\n");
    const base = commit(folder, { "kept.yaml": text, "old\nname.yaml": `${text}\nmore: 1\n`, "gone.yaml": "g: 1\n", "turned.yaml": "t: 1\n" });
    rmSync(join(folder, "turned.yaml"));
    symlinkSync("kept.yaml", join(folder, "turned.yaml"));
    const head = commit(folder, {
      "kept.yaml": text.replace("key3: 3", "key3: x"),
      "old\nname.yaml": null,
      "new.yaml": `${text}\nmore: 2\n`,
      "gone.yaml": null,
      "added.yaml": "a: 1\n",
    });
    const repository = await open(folder);
    const changes = await repository.changes(base, head);
    expect(Object.fromEntries(changes.map(({ path, status, before }) => [path, `${status} ${before}`]))).toEqual({
      "added.yaml": "added added.yaml",
      "gone.yaml": "removed gone.yaml",
      "kept.yaml": "modified kept.yaml",
      "new.yaml": "renamed old\nname.yaml",
      "turned.yaml": "modified turned.yaml",
    });
    const kept = changes.find(({ path }) => path === "kept.yaml");
    const patch = await repository.patch(kept?.oldId ?? "", kept?.newId ?? "");
    expect(hunksOf(patch).flatMap((hunk) => hunk.filter(({ isAdded }) => isAdded))).toEqual([{ line: 4, text: "key3: x", isAdded: true }]);
    expect(changes.map(({ oldId, newId }) => [oldId === null, newId === null])).toContainEqual([true, false]);
  });

  test("a patch of binary or equal blobs is none; lines that look like hunks are lines", async () => {
    const folder = empty();
    const base = commit(folder, { "a.bin": Uint8Array.of(0, 1), "t.yaml": "a\n" });
    const head = commit(folder, { "a.bin": Uint8Array.of(0, 2), "t.yaml": "a\n@@ -1 +1 @@\n" });
    const repository = await open(folder);
    const patches = await Promise.all((await repository.changes(base, head)).map(({ oldId, newId }) => repository.patch(oldId ?? "", newId ?? "")));
    expect(patches).toEqual([null, "@@ -1 +1,2 @@\n a\n+@@ -1 +1 @@"]);
    const id = (await repository.changes(base, head))[0]?.oldId ?? "";
    expect(await repository.patch(id, id)).toBeNull();
  });
});

describe("history", () => {
  test("names, merge bases and what is not there", async () => {
    const folder = empty();
    const first = commit(folder, { "a.yaml": "1\n" });
    git(folder, "checkout", "--quiet", "-b", "side");
    const side = commit(folder, { "b.yaml": "1\n" });
    git(folder, "checkout", "--quiet", "main");
    const main = commit(folder, { "a.yaml": "2\n" });
    const repository = await open(folder);
    expect(await repository.mergeBase(main, side)).toBe(first);
    expect(await repository.commit("refs/heads/side")).toBe(side);
    expect(await repository.commit("nothing")).toBeNull();
    expect(await repository.commit("--help")).toBeNull();
    expect(await repository.commit("1".repeat(40))).toBeNull();
    git(folder, "checkout", "--quiet", "--orphan", "other");
    expect(await repository.mergeBase(main, commit(folder, { "c.yaml": "1\n" }))).toBeNull();
  });

  test("a shallow checkout gets the commits it lacks, and a whole one is not cut", async () => {
    const from = empty();
    const commits = ["1", "2", "3", "4"].map((text) => commit(from, { "a.yaml": `${text}\n` }));
    git(from, "config", "uploadpack.allowAnySHA1InWant", "true");
    const shallow = join(empty(), "clone");
    git(from, "clone", "--quiet", "--depth=1", `file://${from}`, shallow);
    const repository = await open(shallow);
    expect(await repository.isShallow()).toBe(true);
    expect(await repository.commit(commits[0] ?? "")).toBeNull();
    expect(await repository.fetch([commits[0] ?? ""], 1)).toBeNull();
    expect(await repository.commit(commits[0] ?? "")).toBe(commits[0]);
    expect(await repository.mergeBase(commits[0] ?? "", commits[3] ?? "")).toBeNull();
    await repository.fetch([commits[0] ?? "", commits[3] ?? ""], 10);
    expect(await repository.mergeBase(commits[0] ?? "", commits[3] ?? "")).toBe(commits[0]);

    const whole = join(empty(), "clone");
    git(from, "clone", "--quiet", `file://${from}`, whole);
    const later = commit(from, { "a.yaml": "5\n" });
    const other = await open(whole);
    expect(await other.fetch([later], 1)).toBeNull();
    expect([await other.isShallow(), git(whole, "rev-list", "--count", later)]).toEqual([false, "5"]);
  });

  test("a failure is told without addresses and words that may be secret", async () => {
    const folder = empty();
    commit(folder, { "a.yaml": "1\n" });
    git(folder, "remote", "add", "origin", "https://mona:word@127.0.0.1:9/octo/nats");
    const said = await (await open(folder)).fetch(["1".repeat(40)], 1);
    expect(said).toMatch(/^unable to access the remote/);
    expect(said).not.toMatch(/word|127\.0\.0\.1:9\/octo/);
  });

  test.skipIf(process.getuid?.() !== 0)("a checkout of another user is read all the same, as a container's job needs it", async () => {
    const folder = empty();
    const head = commit(folder, { "a.yaml": "1\n" });
    execFileSync("chown", ["-R", "12345:12345", folder]);
    expect(await (await open(folder)).commit("HEAD")).toBe(head);
  });

  test("a folder that is no root of a checkout is none", async () => {
    const folder = empty();
    commit(folder, { "sub/a.yaml": "1\n" });
    expect(await openRepository(join(folder, "sub"), ACCESS)).toBeNull();
    expect(await openRepository(tmpdir(), ACCESS)).toBeNull();
  });
});

describe("tokens", () => {
  /** What a server that refuses everything is sent by way of authorization. */
  async function sent(prepare: (folder: string, server: string) => void, token: string): Promise<(string | undefined)[]> {
    const seen: (string | undefined)[] = [];
    const server = createServer((request, response) => {
      seen.push(request.headers.authorization);
      response.writeHead(403).end();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const folder = empty();
    commit(folder, { "a.yaml": "1\n" });
    prepare(folder, address);
    const repository = await openRepository(folder, { server: address, repository: "octo/nats", token });
    await repository?.fetch(["1".repeat(40)], 1);
    server.close();
    return seen;
  }
  const basic = `basic ${Buffer.from("x-access-token:ghs_x").toString("base64")}`;

  test("are sent to the forge, once, and not when the checkout has its own", async () => {
    expect(await sent(() => undefined, "ghs_x")).toEqual([basic]);
    expect(await sent(() => undefined, "")).toEqual([undefined]);
    expect(await sent((folder, server) => git(folder, "config", `http.${server}/.extraheader`, "AUTHORIZATION: basic own"), "ghs_x")).toEqual(["basic own"]);
  });

  test("are not sent to another host that the checkout's remote names", async () => {
    const other: (string | undefined)[] = [];
    const server = createServer((request, response) => {
      other.push(request.headers.authorization);
      response.writeHead(403).end();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    expect(await sent((folder) => git(folder, "remote", "add", "origin", `${address}/octo/nats`), "ghs_x")).toEqual([]);
    server.close();
    expect(other).toEqual([undefined]);
  });
});
