// natslint conf --check against what real servers did with each recorded probe: it says accept where they start.
import { describe, expect, test } from "vitest";
import { haveProbes, type Probe, probes, readProbes } from "../probes.ts";
import { folder, natslint } from "./world.ts";

/** Where natslint says something else than the table, and why. */
const DIFFERENT: Readonly<Record<string, string>> = {
  "schema/cluster-compression-bad.conf": "the table has what -t says; the server itself does not start, as the note tells",
  "schema/tls-missing-files.conf": "whether certificates are there is not in the file: where the server runs, a volume has them",
  "semantic/log-file-dir.conf": "whether a folder is there is not in the file",
};

/** Probes of which only some versions' verdicts can be had from the file, by version. */
const CHANCE = /\[nondeterministic\]/;

async function verdict({ file, env }: Probe, version: string): Promise<string> {
  const variables = Object.entries(env).flatMap(([name, value]) => ["--env", `${name}=${value}`]);
  const { code, stdout } = await natslint(["conf", "--check", file, "--server-version", version, ...variables], { cwd: probes });
  const [first = "", ...reasons] = stdout.trimEnd().split("\n");
  expect({ file, code, reasons: reasons.length > 0 }).toEqual({ file, code: first === "accept" ? 0 : 1, reasons: first === "reject" });
  for (const reason of reasons) expect(reason).toMatch(/^\S+:\d+:\d+: .* \[[a-z][a-z0-9-]*\]$/);
  return first;
}

describe.skipIf(!haveProbes)("natslint conf --check, of the recorded probes", { timeout: 300_000 }, () => {
  const all = haveProbes ? readProbes() : [];

  test("says what 2.15.1 did, but for what no file tells", async () => {
    const different: Record<string, string> = {};
    for (const probe of all) {
      if (CHANCE.test(probe.note)) continue;
      const said = await verdict(probe, "2.15.1");
      if (said !== probe.verdict) different[probe.file] = said;
    }
    expect(Object.keys(different).sort()).toEqual(Object.keys(DIFFERENT).sort());
  });

  // The older columns have what -t said, which left to the start what is refused all the same.
  test.each(["2.9.10", "2.10.27"])("says reject where -t of %s did", async (version) => {
    const different: string[] = [];
    for (const probe of all) {
      if (CHANCE.test(probe.note) || probe.file in DIFFERENT || probe.detail[`t_${version}`] !== "reject") continue;
      if ((await verdict(probe, version)) !== "reject") different.push(probe.file);
    }
    expect(different).toEqual([]);
  });

  test.each(["2.9.10", "2.10.27"])("says accept where %s is known to start, or takes it as 2.15.1 does", async (version) => {
    const different: string[] = [];
    for (const probe of all) {
      if (CHANCE.test(probe.note) || probe.file in DIFFERENT || probe.detail[`t_${version}`] !== "accept" || probe.verdict !== "accept") continue;
      if (probe.detail[`start_${version}`] === "reject") continue;
      if ((await verdict(probe, version)) !== "accept") different.push(probe.file);
    }
    expect(different).toEqual([]);
  });
});

describe("natslint conf --check", () => {
  test("judges the file alone: what it includes, its environment, no comment that silences", async () => {
    const cwd = folder({
      "a.conf": "# natslint-ignore-file conf-unknown-key -- it is fine\ninclude parts/b.conf\nserver_name: $NAME\n",
      "parts/b.conf": "prt: 1\n",
    });
    const { code, stdout } = await natslint(["conf", "--check", "a.conf", "--env", "NAME=n1"], { cwd });
    expect(code).toBe(1);
    expect(stdout).toMatch(/^reject\nparts\/b\.conf:1:1: .*"prt".*\[conf-unknown-key\]\n$/);
    expect((await natslint(["conf", "--check", "a.conf"], { cwd })).stdout).toMatch(/a\.conf:3:14: .*\[conf-variable-undefined\]/);
  });

  test("asks what the version knows", async () => {
    const cwd = folder({ "a.conf": "server_metadata { region: eu }\n" });
    expect(await natslint(["conf", "--check", "a.conf", "--server-version", "2.11.4"], { cwd })).toMatchObject({ code: 1 });
    expect(await natslint(["conf", "--check", "a.conf", "--server-version", "2.12.0"], { cwd })).toMatchObject({ code: 0, stdout: "accept\n" });
  });

  test("knows the other server's keys", async () => {
    const cwd = folder({ "stan.conf": "streaming { id: orders, store: memory }\n" });
    expect((await natslint(["conf", "--check", "stan.conf"], { cwd })).stdout).toMatch(/^reject\nstan\.conf:1:1: /);
    expect((await natslint(["conf", "--check", "--stan", "stan.conf"], { cwd })).stdout).toBe("accept\n");
  });

  test("takes any file for a configuration, whatever its name and look", async () => {
    const cwd = folder({ "values.yaml": "port: 4222\n" });
    expect((await natslint(["conf", "--check", "values.yaml"], { cwd })).stdout).toBe("accept\n");
    expect((await natslint(["conf", "--check", "-"], { cwd, stdin: "debug: 1\n" })).stdout).toMatch(/^reject\nstdin\.conf:1:8: /);
  });
});
