// The Dockerfile's own steps, run without a container engine; what its last stage holds is started as the image would
// start it: read-only, as its user, without a home. Needs the registry, or npm's cache of it.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test, vi } from "vitest";
import { filesBelow, runDockerfile, type Stage } from "../../tools/dockerfile-steps.ts";
import { root } from "../../tools/opa.ts";
import { startFakeGitHub } from "../github/fake-github.ts";
import { environment } from "../doors/github/serve.ts";

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});
function scratch(): string {
  const made = mkdtempSync(join(tmpdir(), "natslint-image-"));
  folders.push(made);
  return made;
}

/** A command of the image as one of this machine: its node is ours, and its files are below the stage's folder. */
const here = ([program = "", ...rest]: readonly string[], { folder }: Stage): [string, string[]] => {
  expect(program).toBe("/nodejs/bin/node");
  return [process.execPath, rest.map((one) => one.replace(/^\/natslint\//, `${folder}/natslint/`))];
};

test("its steps give what starts, is well, and stops", { timeout: 600_000 }, async ({ skip }) => {
  if (process.platform === "win32" || spawnSync("npm", ["ping"], { timeout: 30_000 }).status !== 0) skip("the registry cannot be had");
  const place = scratch();
  const stage = runDockerfile(root, place);
  expect(filesBelow(join(stage.folder, "natslint")).filter((path) => !/^(charts|dist\/services\/shared-)/.test(path))).toEqual([
    "LICENSE",
    "dist/THIRD-PARTY-LICENSES.txt",
    "dist/cli.js",
    "dist/natslint.js",
    "dist/package.json",
    "dist/pages.br",
    "dist/policy.wasm",
    "dist/rules.json",
    ...["admission-thread", "admission", "audit", "github", "lint-thread"].map((name) => `dist/services/${name}.mjs`),
    "package.json",
  ]);
  expect(stage.user).toMatch(/^[1-9]\d*:[1-9]\d*$/);
  expect(stage.labels).toContain("org.opencontainers.image.source");
  const isRoot = process.getuid?.() === 0;
  const [uid = 0, gid = 0] = stage.user.split(":").map(Number);
  chmodSync(place, 0o755);
  expect(spawnSync("chmod", ["-R", "a-w,a+rX", stage.folder]).status).toBe(0);
  const fake = await startFakeGitHub({ seed: { repositories: [] } });
  const env = { ...stage.env, ...environment(fake), HOME: undefined };
  const [program, args] = here([...stage.entrypoint, ...stage.cmd], stage);
  const child = spawn(program, args, { cwd: join(stage.folder, stage.workdir), env, stdio: ["ignore", "pipe", "pipe"], ...(isRoot ? { uid, gid } : {}) });
  const out: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => out.push(String(chunk)));
  try {
    const port = await vi.waitFor(() => {
      const found = /"port":(\d+)/.exec(out.join(""))?.[1];
      if (found === undefined) throw new Error(`not listening: ${out.join("")}`);
      return found;
    }, 30_000);
    expect((await fetch(`http://127.0.0.1:${port}/livez`)).status).toBe(200);
    const [healthy, asks] = here(stage.healthcheck, stage);
    expect(spawnSync(healthy, asks, { env: { ...env, PORT: port } }).status).toBe(0);
    const ended = once(child, "exit");
    child.kill("SIGTERM");
    expect(await ended).toEqual([0, null]);
    expect(spawnSync(healthy, asks, { env: { ...env, PORT: port } }).status).toBe(1);
  } finally {
    child.kill("SIGKILL");
    await fake.close();
    if (isRoot) spawnSync("chmod", ["-R", "u+w", stage.folder]);
  }
});

function context(dockerfile: string, ignored = ""): string {
  const folder = scratch();
  mkdirSync(join(folder, "a", "b"), { recursive: true });
  for (const path of ["one.txt", "a/two.txt", "a/b/three.pem"]) writeFileSync(join(folder, path), path);
  writeFileSync(join(folder, "Dockerfile"), dockerfile);
  writeFileSync(join(folder, ".dockerignore"), ignored);
  return folder;
}

const ran = (dockerfile: string, ignored = ""): string[] =>
  filesBelow(runDockerfile(context(dockerfile, ignored), scratch()).folder).filter((path) => !path.startsWith("home/"));

test("copies as Docker does: what is in a folder, into a folder, from a stage, less what is ignored", () => {
  expect(ran("FROM x\nWORKDIR /w\nCOPY a ./\n")).toEqual(["w/b/three.pem", "w/two.txt"]);
  expect(ran("FROM x\nWORKDIR /w\nCOPY a ./a\n", "**/*.pem\n")).toEqual(["w/a/two.txt"]);
  expect(ran("FROM x\nWORKDIR /w\nCOPY one.txt two\n")).toEqual(["w/two"]);
  expect(ran("FROM x AS build\nWORKDIR /w\nCOPY one.txt ./\nRUN cp one.txt more.txt\nFROM y\nCOPY --from=build /w/more.txt /z/\n")).toEqual(["z/more.txt"]);
});

test.each([
  ["FROM x\nCOPY a ./\n", "*\n!one.txt\n", "COPY a: .dockerignore keeps it from the builder"],
  ["FROM x\nCOPY none ./\n", "", "COPY none: it is not there"],
  ["FROM x\nRUN rm -rf /usr/local\n", "", "it names a path from the root"],
  ["FROM x\nRUN exit 3\n", "", "it ended with 3"],
  ["FROM x\nCMD natslint serve\n", "", "CMD has to be in exec form"],
  ["FROM x\nVOLUME /data\n", "", "VOLUME is not known here"],
  ["FROM x\nCOPY --chown=1:1 one.txt ./\n", "", "COPY --chown is not known here"],
])("refuses what it cannot run: %j", (dockerfile, ignored, said) => {
  expect(() => ran(dockerfile, ignored)).toThrow(said);
});

test("the builder is sent nothing that the Dockerfile does not copy", () => {
  const sent = readFileSync(join(root, ".dockerignore"), "utf8")
    .split("\n")
    .filter((line) => line.startsWith("!"))
    .map((line) => line.slice(1));
  const copied = [...readFileSync(join(root, "Dockerfile"), "utf8").matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, paths = ""]) => paths.split(" "));
  expect(sent.sort()).toEqual(copied.sort());
});
