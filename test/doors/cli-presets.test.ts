// Presets, by settings and by flag: which rules are heard, and how gravely.
import { describe, expect, test } from "vitest";
import { folder, json, lines, natslint } from "./world.ts";

/** A hint with rare exceptions, which only `strict` has. */
const MEMORY = 'operator: "./operator.jwt"\nresolver: MEMORY\nsystem_account: ADGFH4NYV5V75SVM5DYSW5AWOD7H2NRUWAMO6XLZKIDGUWYEXCZG5D6N\n';
const HINT = "prod/nats.conf:2:11 info resolver-memory-prod";

/** What is no fault in development, says its page. */
const GROUP = "stan: { replicas: 1, image: nats-streaming:0.25.6 }\nstore: { type: file, ft: { group: orders } }\nresources: { requests: { cpu: 1 } }\n";

/** What these two rules say, and those about suppressions: others may have an opinion of such files, too. */
async function said(files: Readonly<Record<string, string>>, args: readonly string[] = []): Promise<string[]> {
  const { report } = await json([".", ...args], { cwd: folder(files) });
  const own = report.findings.filter(({ rule }) => /^(resolver-memory-prod|stan-ft-replicas|suppression-.*)$/.test(rule));
  return lines({ ...report, findings: own.filter(({ suppressed }) => suppressed === null) });
}

describe("extends", () => {
  test.each([
    ["", []],
    ["extends: recommended\n", []],
    ["extends: strict\n", [HINT]],
    ["extends: [security, strict]\n", [HINT]],
    ["extends: security\n", [HINT]],
    ["extends: strict\nrules: { resolver-memory-prod: off }\n", []],
    ["extends: strict\nrules: { resolver-memory-prod: error }\n", [HINT.replace("info", "error")]],
    ["rules: { resolver-memory-prod: info }\n", [HINT]],
  ])("%j", async (settings, expected) => {
    expect(await said({ "prod/nats.conf": MEMORY, "natslint.yaml": settings })).toEqual(expected);
  });

  test("legacy-stan judges all environments as production", async () => {
    const args = ["--chart", "stan@0.13.0"];
    expect(await said({ "dev/values.yaml": GROUP }, args)).toEqual([]);
    expect(await said({ "dev/values.yaml": GROUP, "natslint.yaml": "extends: legacy-stan\n" }, args)).toEqual([
      "dev/values.yaml:1:19 warning stan-ft-replicas",
    ]);
  });

  test.each([
    ["extends: everything\n", 'natslint.yaml:1:10: "extends" takes one of recommended, strict, security, legacy-stan'],
    ["extends: [strict, all]\n", 'natslint.yaml:1:19: "extends.1" takes one of recommended, strict, security, legacy-stan'],
    ["extends: 1\n", 'natslint.yaml:1:10: "extends" takes one of recommended, strict, security, legacy-stan'],
  ])("%j does not hold", async (settings, sentence) => {
    const { code, stderr } = await natslint(["."], { cwd: folder({ "nats.conf": MEMORY, "natslint.yaml": settings }) });
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(`natslint: ${sentence}\n`) });
    expect(stderr.match(/^natslint: natslint\.yaml/gm)).toHaveLength(1);
  });
});

describe("--preset", () => {
  test("takes the place of extends, and leaves rules as they are", async () => {
    const files = { "prod/nats.conf": MEMORY, "natslint.yaml": "extends: strict\n" };
    expect(await said(files)).toEqual([HINT]);
    expect(await said(files, ["--preset", "recommended"])).toEqual([]);
    expect(await said({ ...files, "natslint.yaml": "rules: { resolver-memory-prod: off }\n" }, ["--preset", "strict"])).toEqual([]);
  });

  test("takes a preset", async () => {
    const { code, stderr } = await natslint([".", "--preset", "all"]);
    expect({ code, stderr }).toEqual({ code: 2, stderr: 'natslint: --preset takes recommended, strict, security or legacy-stan, not "all"\n' });
  });
});

test("a suppression of a rule that is not asked is no idle one", async () => {
  const files = { "prod/nats.conf": MEMORY.replace("MEMORY", "MEMORY # natslint-ignore resolver-memory-prod -- two tenants for ever") };
  expect(await said(files)).toEqual([]);
  expect(await said(files, ["--preset", "strict"])).toEqual([]);
  expect(await said({ "prod/nats.conf": files["prod/nats.conf"].replace("# natslint", "# not") }, ["--preset", "strict"])).toEqual([HINT]);
});

describe("natslint rules", () => {
  interface Listed {
    readonly id: string;
    readonly family: string;
    readonly fix: string;
    readonly presets: readonly string[];
    readonly dialects: readonly string[];
    readonly severity: Readonly<Record<string, string | { readonly development: string }>>;
  }
  const listed = async (...args: string[]): Promise<readonly Listed[]> =>
    JSON.parse((await natslint(["rules", "--format", "json", ...args])).stdout) as readonly Listed[];

  test.each<readonly [readonly string[], (rule: Listed) => boolean]>([
    [["--family", "tls"], ({ family }) => family === "tls"],
    [["--preset", "security"], ({ presets }) => presets.includes("security")],
    [["--dialect", "stan-conf"], ({ dialects }) => dialects.includes("stan-conf")],
    [["--fixable"], ({ fix }) => fix !== "none"],
    [["--environment", "development"], ({ severity }) => Object.values(severity).some((one) => (typeof one === "string" ? one : one.development) !== "off")],
    [["--family", "streaming", "--fixable"], ({ family, fix }) => family === "streaming" && fix !== "none"],
  ])("%j", async (args, holds) => {
    const all = await listed();
    const wanted = all.filter(holds).map(({ id }) => id);
    expect(wanted.length).toBeGreaterThan(0);
    expect(wanted.length).toBeLessThan(all.length);
    expect((await listed(...args)).map(({ id }) => id)).toEqual(wanted);
  });

  test("says of a rule that is not recommended where it is", async () => {
    const { stdout } = await natslint(["rules", "--family", "authentication"]);
    expect(stdout).toMatch(/^ {2}resolver-memory-prod +info .* \(strict, security\)$/m);
    expect(stdout).toMatch(/^ {2}duplicate-user +error .*[^)]$/m);
  });

  test("says so when there are none", async () => {
    expect(await natslint(["rules", "--family", "network", "--dialect", "nack"])).toEqual({ code: 0, stdout: "no rules\n", stderr: "" });
  });

  test.each([
    [["--family", "tsl"], /^natslint: --family takes .*tls.*, not "tsl"\n$/],
    [["--dialect", "helm"], /^natslint: --dialect takes nats-0x, .* or gitops, not "helm"\n$/],
  ])("%j is used wrongly", async (args, sentence) => {
    const { code, stderr } = await natslint(["rules", ...args]);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(sentence) });
  });
});

test("natslint explain tells what a rule's place in the presets follows from", async () => {
  const { stdout } = await natslint(["explain", "cluster-min-replicas"]);
  expect(stdout).toMatch(/^ {2}precision +very-high$/m);
  expect(stdout).toMatch(/^ {2}presets +recommended, strict, legacy-stan$/m);
  expect(stdout).toMatch(/^ {2}found in +nats-0x, nats-1x, bitnami, rendered, operator, gitops$/m);
  expect(stdout).toMatch(/^ {2}nats audit +META_001$/m);
  expect(stdout).toMatch(/^ {2}since +0\.1\.0 \(P0\)$/m);
});
