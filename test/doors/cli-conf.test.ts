// natslint conf: all recorded probes, as the newest server and as each other version reads them; every twentieth as a process.
import { execFile } from "node:child_process";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { dialects, haveProbes, type Probe, probes, type Reading, readProbes } from "../probes.ts";
import { root } from "../../tools/opa.ts";
import { folder, natslint, type Ran } from "./world.ts";

const cli = join(root, "dist/cli.js");

/** The command, wherever it runs. */
type Command = (args: readonly string[]) => Promise<Pick<Ran, "code" | "stdout">>;

const here: Command = (args) => natslint(args, { cwd: probes });

const spawned: Command = (args) =>
  new Promise((answer) => {
    execFile(process.execPath, [cli, ...args], { cwd: probes, encoding: "utf8" }, (error, stdout) => {
      answer({ code: error === null ? 0 : Number(error.code), stdout });
    });
  });

/** What the command says, in the words of the table; an error's text is the server's business. */
async function reading(command: Command, probe: Probe, version?: readonly number[]): Promise<unknown> {
  const env = Object.entries(probe.env).flatMap(([name, value]) => ["--env", `${name}=${value}`]);
  const { code, stdout } = await command(["conf", "--typed", probe.file, ...env, ...(version === undefined ? [] : ["--server-version", version.join(".")])]);
  const said = JSON.parse(stdout) as Reading & { readonly line?: number; readonly column?: number };
  if (code === 0) return { value: said };
  expect(said, probe.file).toMatchObject({ error: expect.stringMatching(/^[A-Z].*[^.]$/s), line: expect.any(Number), column: expect.any(Number) });
  return { error: code };
}

function expected({ value }: Reading): unknown {
  return value === undefined ? { error: 1 } : { value };
}

describe.skipIf(!haveProbes)("the recorded probes", { timeout: 600_000 }, () => {
  const all = haveProbes ? readProbes() : [];
  const runs = all.flatMap((probe) => [
    { probe, name: "newest", reading: probe.newest, version: undefined },
    ...Object.entries(probe.others).map(([name, other]) => ({ probe, name, reading: other, version: dialects[name] })),
  ]);

  async function wrongly(command: Command, some: typeof runs): Promise<readonly unknown[]> {
    const wrong: unknown[] = [];
    for (const run of some) {
      const said = await reading(command, run.probe, run.version);
      if (JSON.stringify(sorted(said)) !== JSON.stringify(sorted(expected(run.reading)))) wrong.push({ file: run.probe.file, by: run.name, said });
    }
    return wrong;
  }

  test(`${runs.length} readings are those of the servers`, async () => {
    expect(runs.length).toBeGreaterThan(500);
    expect(await wrongly(here, runs)).toEqual([]);
  });

  test("and those of processes, as far as they are tried", async () => {
    const some = runs.filter((_, index) => index % 20 === 0);
    expect(some.length).toBeGreaterThan(25);
    expect(await wrongly(spawned, some)).toEqual([]);
  });
});

/** Keys in one order: maps have none. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, child]) => [key, sorted(child)]),
  );
}

describe("natslint conf", () => {
  test("prints integers with all their digits, and what is not JSON as its nearest kin", async () => {
    const cwd = folder({ "a.conf": "big: 9223372036854775807\nfloat: 1.50\nday: 2016-05-04T18:53:41Z\nlist: [a, {b: on}]\nempty {}\n" });
    const { code, stdout } = await natslint(["conf", "a.conf"], { cwd });
    expect(code).toBe(0);
    expect(stdout).toContain('"big": 9223372036854775807,');
    expect(JSON.parse(stdout)).toMatchObject({ float: 1.5, day: "2016-05-04T18:53:41Z", list: ["a", { b: true }], empty: {} });
  });

  test("reads standard input, and what it includes beside the working directory", async () => {
    const cwd = folder({ "part.conf": "port: 4333\n" });
    expect(JSON.parse((await natslint(["conf", "-"], { cwd, stdin: "include part.conf\n" })).stdout)).toEqual({ port: 4333 });
  });

  test("knows no variable but those that it is told", async () => {
    const cwd = folder({ "a.conf": "server_name: $HOME\n" });
    expect(await natslint(["conf", "a.conf"], { cwd, env: { HOME: "/root" } })).toMatchObject({ code: 1 });
    expect(JSON.parse((await natslint(["conf", "a.conf", "--env", "HOME=a=b"], { cwd })).stdout)).toEqual({ server_name: "a=b" });
  });

  test("says in which file a fault is, where another includes it", async () => {
    const cwd = folder({ "a.conf": "port: 4222\ninclude parts/b.conf\n", "parts/b.conf": "x: 1\ny: -x\n" });
    expect(JSON.parse((await natslint(["conf", "a.conf"], { cwd })).stdout)).toMatchObject({ line: 2, column: 4, file: "parts/b.conf" });
  });

  test("says how it is called", async () => {
    const cwd = folder({ "a.conf": "port: 1\n" });
    for (const [args, sentence] of [
      [["missing.conf"], "missing.conf does not exist"],
      [["."], ". is a directory"],
      [["a.conf", "--env", "X"], '--env takes NAME=VALUE, not "X"'],
      [["a.conf", "--server-version", "new"], "takes a version such as 2.10.18"],
    ] as const) {
      const { code, stdout, stderr } = await natslint(["conf", ...args], { cwd });
      expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
      expect(stderr).toContain(sentence);
    }
  });
});
