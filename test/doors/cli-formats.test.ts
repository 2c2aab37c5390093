// Every format is valid for whoever reads it: JSON by its schema, SARIF by what code scanning asks for, text for eyes.
import { join } from "node:path";
import { Ajv } from "ajv";
import { afterEach, describe, expect, test, vi } from "vitest";
import schema from "../../schemas/report.schema.json" with { type: "json" };
import { progress } from "../../service/doors/cli/progress.ts";
import { CHART, folder, json, natslint, PAIR, TRIO } from "./world.ts";

const root = join(import.meta.dirname, "../..");
const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(schema);

const NOTHING = { "readme.yaml": "title: a book\n" };
const MANY = {
  "a b/värde.yaml": PAIR,
  "suppressed.yaml": PAIR.replace("replicas: 2", "replicas: 2 # natslint-ignore cluster-min-replicas -- a lab"),
  "broken.yaml": "nats:\n  jetstream: [\n",
  "bytes.yaml": new Uint8Array([0x6e, 0x61, 0x74, 0x73, 0xe4]),
  "empty.yaml": "",
  "service.yaml": "apiVersion: v1\nkind: Service\nmetadata: { name: nats }\n",
};

const runs: readonly (readonly [string, readonly string[], Parameters<typeof natslint>[1]])[] = [
  [
    "many findings",
    ["."],
    {
      get cwd() {
        return folder(MANY);
      },
    },
  ],
  [
    "no findings",
    ["values.yaml"],
    {
      get cwd() {
        return folder({ "values.yaml": TRIO });
      },
    },
  ],
  [
    "nothing to check",
    ["."],
    {
      get cwd() {
        return folder(NOTHING);
      },
    },
  ],
  ["no files", ["."], {}],
  ["standard input", ["-"], { stdin: PAIR }],
  ["the examples", ["examples"], { cwd: root }],
  [
    "a path above the working directory",
    ["../a.yaml"],
    {
      get cwd() {
        return join(folder({ "a.yaml": PAIR, "b/c.txt": "" }), "b");
      },
    },
  ],
];

describe("JSON", () => {
  test.each(runs)("holds to its schema: %s", async (_, paths, around) => {
    const { report } = await json([...paths, ...CHART], around);
    expect(validate(report), JSON.stringify(validate.errors)).toBe(true);
  });

  test("says which natslint, and sums up", async () => {
    const { stdout } = await natslint(["--version"]);
    const { report } = await json([".", ...CHART], { cwd: folder(MANY) });
    expect(report.version).toBe(stdout.trim());
    expect(report.summary).toEqual({
      verdict: "fail",
      failing: report.findings.filter(({ severity, suppressed }) => severity === "error" && suppressed === null).length,
      errors: 2,
      warnings: 0,
      infos: 0,
      suppressed: 1,
      files: { linted: 4, irrelevant: 1, "not-understood": 0, unreadable: 1 },
    });
  });

  test("is the same for the same files, byte by byte", async () => {
    const one = await natslint(["examples", "--format", "json"], { cwd: root });
    expect(await natslint(["examples/bad", "examples/good", "examples/natslint.yaml", "--format", "json"], { cwd: root })).toEqual(one);
  });

  test("has fingerprints that stay when lines move, and tell findings apart", async () => {
    const prints = async (text: string): Promise<string[]> =>
      (await json(["values.yaml", ...CHART], { cwd: folder({ "values.yaml": text }) })).report.findings.map(({ fingerprint }) => fingerprint);
    expect(await prints(`# one\n\n# more\n${PAIR}`)).toEqual(await prints(PAIR));
    const { report } = await json(["examples"], { cwd: root });
    expect(new Set(report.findings.map(({ fingerprint }) => fingerprint)).size).toBe(report.findings.length);
  });
});

interface Descriptor {
  readonly id: string;
  readonly helpUri: string;
  readonly defaultConfiguration: { readonly enabled?: boolean; readonly level?: string };
  readonly properties: { readonly tags: readonly string[]; readonly precision: string };
}

interface Sarif {
  readonly version: string;
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly name: string; readonly rules: readonly Descriptor[] } };
    readonly results: readonly {
      readonly ruleId: string;
      readonly ruleIndex: number;
      readonly level: string;
      readonly message: { readonly text: string };
      readonly locations: readonly Location[];
      readonly relatedLocations?: readonly (Location & { readonly id: number; readonly message: { readonly text: string } })[];
      readonly partialFingerprints: Readonly<Record<string, string>>;
      readonly suppressions?: readonly { readonly kind: string; readonly justification: string }[];
    }[];
  }[];
}

interface Location {
  readonly physicalLocation: {
    readonly artifactLocation: { readonly uri: string };
    readonly region: { readonly startLine: number; readonly startColumn: number; readonly endLine: number; readonly endColumn: number };
  };
}

describe("SARIF", () => {
  test("says of each rule how sure it is, and whether it is asked by default", async () => {
    const { stdout } = await natslint([".", "--format", "sarif"]);
    const [run] = (JSON.parse(stdout) as Sarif).runs;
    const of = (id: string): Descriptor | undefined => run?.tool.driver.rules.find((rule) => rule.id === id);
    expect(of("cluster-min-replicas")).toMatchObject({ defaultConfiguration: { enabled: true, level: "error" }, properties: { precision: "very-high" } });
    expect(of("run-as-root")).toMatchObject({ defaultConfiguration: { enabled: true, level: "warning" }, properties: { precision: "high" } });
    expect(of("env-secret-digit-unknown")).toMatchObject({ defaultConfiguration: { enabled: false }, properties: { precision: "medium" } });
  });

  test.each(runs)("is what code scanning takes: %s", async (_, paths, around) => {
    const { stdout } = await natslint([...paths, ...CHART, "--format", "sarif"], around);
    const log = JSON.parse(stdout) as Sarif;
    expect(log.version).toBe("2.1.0");
    expect(log.runs).toHaveLength(1);
    const { tool, results } = log.runs[0] as Sarif["runs"][number];
    expect(tool.driver.name).toBe("natslint");
    expect(tool.driver.rules.length).toBeGreaterThan(20);
    for (const { helpUri } of tool.driver.rules) expect(helpUri).toMatch(/^https:\/\//);
    for (const one of results) {
      expect(tool.driver.rules[one.ruleIndex]?.id).toBe(one.ruleId);
      expect(["error", "warning", "note"]).toContain(one.level);
      expect(one.message.text).not.toBe("");
      expect(one.locations).toHaveLength(1);
      expect(one.partialFingerprints["natslint/v1"]).toMatch(/^[0-9a-f]{32}$/);
      for (const { physicalLocation } of [...one.locations, ...(one.relatedLocations ?? [])]) {
        const { startLine, startColumn, endLine, endColumn } = physicalLocation.region;
        expect(Math.min(startLine, startColumn, endLine, endColumn)).toBeGreaterThanOrEqual(1);
        expect(endLine > startLine || (endLine === startLine && endColumn >= startColumn)).toBe(true);
        expect(physicalLocation.artifactLocation.uri).toMatch(/^[\w./%-]+$/);
      }
    }
  });

  test("has suppressed findings as such, and paths as URIs", async () => {
    const { stdout } = await natslint([".", ...CHART, "--format", "sarif"], { cwd: folder(MANY) });
    const results = (JSON.parse(stdout) as Sarif).runs[0]?.results ?? [];
    expect(results.filter(({ suppressions }) => suppressions !== undefined)).toMatchObject([{ suppressions: [{ kind: "inSource", justification: "a lab" }] }]);
    expect(results.map(({ locations }) => locations[0]?.physicalLocation.artifactLocation.uri)).toContain("a%20b/v%C3%A4rde.yaml");
  });
});

describe("text", () => {
  const frame = `values.yaml:5:15: error: 2 replicas cannot keep a quorum when one is lost; clustering needs at least 3 [cluster-min-replicas]
  5 |     replicas: 2
    |               ^
  in production
  https://github.com/natslint/natslint/blob/main/rules/clustering/cluster-min-replicas.md

1 error; 1 file checked
`;

  test("shows the line and what it is about", async () => {
    const { stdout } = await natslint(["values.yaml", ...CHART], { cwd: folder({ "values.yaml": PAIR }) });
    expect(stdout).toBe(frame);
  });

  test.each<readonly [string, readonly string[], Readonly<Record<string, string>>, boolean, boolean]>([
    ["a terminal", [], {}, true, true],
    ["no terminal", [], {}, false, false],
    ["--no-color", ["--no-color"], {}, true, false],
    ["NO_COLOR", [], { NO_COLOR: "1" }, true, false],
    ["an empty NO_COLOR", [], { NO_COLOR: "" }, true, true],
    ["FORCE_COLOR", [], { FORCE_COLOR: "1" }, false, true],
    ["FORCE_COLOR=0", [], { FORCE_COLOR: "0" }, true, false],
    ["both", [], { FORCE_COLOR: "1", NO_COLOR: "1" }, true, false],
  ])("has colours as it should: %s", async (_, flags, env, terminal, colored) => {
    const { stdout } = await natslint(["values.yaml", ...CHART, ...flags], { cwd: folder({ "values.yaml": PAIR }), env, terminal });
    expect(stdout.includes("\u001b[")).toBe(colored);
    expect(stdout.replace(/\u001b\[\d+m/g, "")).toBe(frame);
  });

  test.each([
    ["escaped", 'config:\n  "\\e[31mred\\r\\n\\u202e": 1\n', "values-unknown-key"],
    ["as it is", 'config:\n  merge: { trace: true, x: "\u001b[2J\u202e" }\n', "yaml-invalid"],
  ])("never lets a file move the cursor or paint: %s", async (_, text, rule) => {
    const { stdout } = await natslint(["values.yaml", ...CHART], { cwd: folder({ "values.yaml": text }) });
    expect(stdout).toContain(`[${rule}]`);
    expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
  });

  test("says what became of the files, and why", async () => {
    const files = {
      "values.yaml": TRIO,
      "templates/a.yaml": "nats: {{ .Values.a }}\n",
      "templates/b.yaml": "nats: {{ .Values.b }}\n",
      "pod.yaml": "kind: Pod\n",
    };
    const { stdout } = await natslint([".", ...CHART], { cwd: folder(files) });
    expect(stdout).toBe(`templates/a.yaml and 1 more: not understood: it is a chart's template; natslint reads the values, or what helm renders
no findings; 1 file checked, 2 not understood, 1 passed over
`);
    expect(
      (await natslint(["templates/a.yaml", "templates/b.yaml", "values.yaml", ...CHART], { cwd: folder(files) })).stdout,
    ).toBe(`templates/a.yaml: not understood: it is a chart's template; natslint reads the values, or what helm renders
templates/b.yaml: not understood: it is a chart's template; natslint reads the values, or what helm renders
no findings; 1 file checked, 2 not understood
`);
  });
});

describe("progress", () => {
  afterEach(() => void vi.restoreAllMocks());

  test.each([
    [true, "\r7 files read ...\r\u001b[K"],
    [false, ""],
  ])("is told after half a second, and wiped away, on a terminal only (%s)", (isTTY, said) => {
    let now = 1_000_000;
    vi.spyOn(Date, "now").mockImplementation(() => now);
    const out: string[] = [];
    const { seen, done } = progress({ stderr: { isTTY, write: (text: string) => out.push(text) } });
    seen(5);
    now += 600;
    seen(7);
    seen(8);
    done();
    expect(out.join("")).toBe(said);
  });
});
