// The command as a process: what only a process has (a real exit code, streams, a broken package) and that dist/ works.
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { folder, natslint, PAIR, TRIO } from "./world.ts";

const root = join(import.meta.dirname, "../..");
const cli = join(root, "dist/cli.js");

function spawned(
  args: readonly string[],
  cwd: string,
  stdin = "",
  program = cli,
  more: Readonly<Record<string, string>> = {},
): { readonly code: number | null; readonly stdout: string; readonly stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    cwd,
    input: stdin,
    encoding: "utf8",
    env: { PATH: process.env["PATH"], NATSLINT_TODAY: "2026-01-01", ...more },
  });
  return { code: status, stdout, stderr };
}

/** A copy of what is published. */
function installed(copy = folder()): string {
  for (const part of ["dist", "charts", "rules", "package.json"]) cpSync(join(root, part), join(copy, part), { recursive: true });
  return copy;
}

describe("the built command", () => {
  const flags = ["--chart", "nats@2.14.2", "--release", "nats", "--environment", "production"];

  test("has the exit codes 0, 1 and 2", () => {
    const cwd = folder({ "good.yaml": TRIO, "bad.yaml": PAIR });
    expect(spawned(["good.yaml", ...flags], cwd)).toEqual({ code: 0, stdout: "no findings; 1 file checked\n", stderr: "" });
    expect(spawned(["bad.yaml", ...flags], cwd)).toMatchObject({ code: 1, stderr: "" });
    expect(spawned(["missing.yaml"], cwd)).toMatchObject({ code: 2 });
    expect(spawned(["-", ...flags], cwd, PAIR)).toMatchObject({ code: 1, stdout: expect.stringContaining("stdin.yaml:5:15: error") });
  });

  test("says what the sources say", async () => {
    const args = ["examples", "--format", "json"];
    const { code, stdout } = await natslint(args, { cwd: root });
    expect(spawned(args, root), "dist/ is old: npm run build").toMatchObject({ code, stdout });
  });

  test("loads the service from its own bundle, which says what it lacks", () => {
    const { code, stderr } = spawned(["serve", "github"], folder());
    expect(code).toBe(2);
    expect(stderr).toContain("APP_ID is not set");
    expect(stderr).toContain("WEBHOOK_SECRET is not set");
  });

  test("does not mind who stops reading", () => {
    const script = `("${process.execPath}" "${cli}" model examples; echo "code $?" >&2) | head -n 1`;
    const { stdout, stderr } = spawnSync("sh", ["-c", script], { cwd: root, encoding: "utf8" });
    expect({ stdout, stderr }).toEqual({ stdout: "{\n", stderr: "code 0\n" });
  });

  test("gives 3 when its policies are broken, tells what to do, and tells nothing of the files", () => {
    const copy = installed();
    writeFileSync(join(copy, "dist/policy.wasm"), "no policies");
    const { code, stderr } = spawned(["values.yaml"], folder({ "values.yaml": PAIR.replace("nkey", "password") }), "", join(copy, "dist/cli.js"));
    expect(code).toBe(3);
    expect(stderr).toContain("natslint: it failed itself: Error: The compiled policies cannot be loaded");
    expect(stderr).toContain("Please report this: https://github.com/natslint/natslint/issues");
    expect(stderr).not.toContain("replicas");
  });

  test("gives 3 when one part fails, and reports the others; 3 is before 2 and 1", () => {
    const copy = installed();
    const rules = JSON.parse(readFileSync(join(copy, "dist/rules.json"), "utf8")) as readonly { readonly id: string }[];
    writeFileSync(join(copy, "dist/rules.json"), JSON.stringify(rules.filter(({ id }) => id !== "yaml-invalid")));
    const cwd = folder({ "a/natslint.yaml": "", "a/broken.yaml": "nats: [\n", "b/natslint.yaml": "", "b/values.yaml": PAIR });
    const { code, stdout, stderr } = spawned([".", "missing.yaml", ...flags], cwd, "", join(copy, "dist/cli.js"));
    expect(code).toBe(3);
    expect(stdout).toContain("b/values.yaml:5:15: error");
    expect(stderr).toContain('it failed itself: Error: No page describes the rule "yaml-invalid"');
    expect(stderr).toContain("missing.yaml does not exist");
  });
});

describe("compiled code is kept where the package is installed", () => {
  function place() {
    const values = folder({ "values.yaml": PAIR });
    const modules = join(folder(), "node_modules");
    const program = join(installed(join(modules, "natslint")), "dist/cli.js");
    const cache = join(modules, ".cache/natslint");
    return { values, told: spawned(["."], values), program, cache, kept: () => (existsSync(cache) ? readdirSync(cache) : []) };
  }

  test("by the first run that lints, and used by the next ones", () => {
    const { values, told, program, cache, kept } = place();
    expect(spawned(["--version"], values, "", program).code).toBe(0);
    expect(spawned(["rules"], values, "", program).code).toBe(0);
    expect(kept()).toEqual([]);
    expect(spawned(["."], values, "", program)).toEqual(told);
    const [name = "", ...others] = kept();
    expect([name.startsWith(`${process.version}-${process.arch}-`), others]).toEqual([true, []]);
    const { mtimeMs, size } = statSync(join(cache, name));
    expect(spawned(["."], values, "", program)).toEqual(told);
    expect(statSync(join(cache, name))).toMatchObject({ mtimeMs, size });
  });

  test("what is damaged, cut off or of another build is compiled anew, and is all that is kept", () => {
    const { values, told, program, cache, kept } = place();
    spawned(["."], values, "", program);
    const [name = ""] = kept();
    const good = readFileSync(join(cache, name));
    const damaged = Buffer.from(good);
    damaged[300_000] = (damaged[300_000] ?? 0) ^ 0x55;
    for (const bytes of [damaged, good.subarray(0, 700_000), Buffer.alloc(0), Buffer.from("no code")]) {
      writeFileSync(join(cache, name), bytes);
      expect(spawned(["."], values, "", program)).toEqual(told);
      expect(readFileSync(join(cache, name)).length).toBeGreaterThan(1_000_000);
    }
    const [version, arch] = name.split("-");
    renameSync(join(cache, name), join(cache, `${version}-${arch}-older`));
    writeFileSync(join(cache, "v0.1.0-x64-build"), "another Node's");
    expect(spawned(["."], values, "", program)).toEqual(told);
    expect(kept().sort()).toEqual(["v0.1.0-x64-build", name]);
  });

  test("but not where Node is told to keep none, and nobody minds where nothing can be written", () => {
    const { values, told, program, cache, kept } = place();
    expect(spawned(["."], values, "", program, { NODE_DISABLE_COMPILE_CACHE: "1" })).toEqual(told);
    expect(kept()).toEqual([]);
    mkdirSync(dirname(cache), { recursive: true });
    writeFileSync(cache, "a file stands where the folder would be");
    expect(spawned(["."], values, "", program)).toEqual(told);
  });
});
