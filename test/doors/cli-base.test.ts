// `--base`: what a change since a commit breaks, asked of git in a real repository.
import { execFileSync } from "node:child_process";
import { renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { folder, json, natslint, write } from "./world.ts";

const stan = (id: string): string => `streaming {\n  cluster_id: ${id}\n  store: file\n  dir: /data\n}\n`;
const CHANGED = "stan-cluster-id-changed";

function repository(files: Readonly<Record<string, string>>): string {
  const cwd = folder(files);
  const git = (...args: readonly string[]): unknown => execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@b", ...args], { cwd, stdio: "pipe" });
  git("init", "--quiet", "--initial-branch=main");
  git("add", ".");
  git("commit", "--quiet", "--message=before");
  return cwd;
}

async function found(args: readonly string[], cwd: string): Promise<readonly string[]> {
  const { report } = await json(["--preset", "legacy-stan", ...args], { cwd });
  return report.findings.map((one) => `${one.path}:${one.start.line}:${one.start.column} ${one.rule}`);
}

test("a change in the working tree is compared with a commit", async () => {
  const cwd = repository({ "stan/stan.conf": stan("orders") });
  write(cwd, "stan/stan.conf", stan("payments"));
  expect(await found(["--base", "main"], cwd)).toEqual([`stan/stan.conf:2:15 ${CHANGED}`]);
  expect(await found(["stan.conf", "--base", "HEAD"], join(cwd, "stan"))).toEqual([`stan.conf:2:15 ${CHANGED}`]);
  expect(await found([], cwd)).toEqual([]);
});

test("a file that is new or gone has no before", async () => {
  const cwd = repository({ "old/stan.conf": stan("orders") });
  rmSync(join(cwd, "old/stan.conf"));
  write(cwd, "new/stan.conf", stan("payments"));
  expect(await found(["--base", "main"], cwd)).toEqual([]);
});

test("a release that moved to another file is the same one", async () => {
  const manifest = (id: string): string =>
    `apiVersion: apps/v1\nkind: StatefulSet\nmetadata: { name: stan }\nspec:\n  template:\n    spec:\n      containers:\n        - { name: stan, image: "nats-streaming:0.25.6", args: [-cid, ${id}, -st, file, -dir, /data] }\n`;
  const cwd = repository({ "a/stan.yaml": manifest("orders") });
  write(cwd, "a/stan.yaml", manifest("payments"));
  renameSync(join(cwd, "a"), join(cwd, "b"));
  expect(await found(["--base", "main"], cwd)).toContain(`b/stan.yaml:8:70 ${CHANGED}`);
});

test("files that reading reveals are the base's own", async () => {
  const cwd = repository({ "stan.conf": "include ids.conf\n", "ids.conf": stan("orders") });
  write(cwd, "ids.conf", stan("payments"));
  expect(await found(["stan.conf", "--base", "main"], cwd)).toEqual([`ids.conf:2:15 ${CHANGED}`]);
});

test.each([
  ["nowhere", /git knows no such commit here; fetch it first/],
  ["--output=x", /git knows no such commit/],
])("a base that is none: %s", async (ref, said) => {
  const cwd = repository({ "stan.conf": stan("orders") });
  const { code, stderr } = await natslint([`--base=${ref}`], { cwd });
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(said) });
});

test("outside of a repository there is no base", async () => {
  const { code, stderr } = await natslint(["--base", "main"], { cwd: folder({ "stan.conf": stan("orders") }) });
  expect({ code, stderr }).toEqual({ code: 2, stderr: "natslint: --base main: the working directory is in no git repository\n" });
});
