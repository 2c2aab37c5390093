// Every fix that natslint offers on any example is applied: its finding must go, and no other may come.
import { describe, expect, test } from "vitest";
import type { Finding, Fix } from "../service/finding/finding.ts";
import { withFixes } from "../service/finding/fix.ts";
import { lint } from "../service/lint.ts";
import { provenFixes } from "../service/proven-fixes.ts";
import { plainLine } from "../service/report/text.ts";
import { DEFAULT_SETTINGS, type Settings } from "../service/settings/settings.ts";
import { exampleFiles } from "../tools/example-files.ts";
import { root } from "../tools/opa.ts";
import { readPages } from "../tools/rule-page.ts";
import { testEngine } from "./engine.ts";

const engine = await testEngine();
const offered = new Set<string>();

for (const file of exampleFiles(root, readPages(root).pages)) {
  const examples = file.examples.map((example) => {
    const report = lint(example.sources, example.settings, engine);
    return { example, before: openOf(report.findings), proven: provenFixes(report, example.sources, example.settings, engine) };
  });
  if (examples.every(({ proven }) => proven.size === 0)) continue;
  test(`${file.path}: a fix that is offered removes its finding and adds none`, () => {
    for (const { example, before, proven } of examples)
      for (const finding of before) {
        if (finding.fix === undefined || !proven.has(finding.fingerprint)) continue;
        offered.add(finding.rule.id);
        const sources = example.sources.map((source) =>
          source.path === finding.path ? { ...source, text: withFixes(source.text, [finding.fix ?? never()]) } : source,
        );
        const after = openOf(lint(sources, example.settings, engine).findings);
        const what = `${file.path}:${example.line}: ${plainLine(finding)} with ${finding.fix.replacement}`;
        expect(after.map(place), what).not.toContain(place(finding));
        // What stands behind it in its line has moved.
        expect(
          after.map(line).filter((one) => !before.map(line).includes(one)),
          what,
        ).toEqual([]);
      }
  });
}

test("rules that set a value offer it where it was written", () => {
  expect([...offered].sort()).toEqual(expect.arrayContaining(["cluster-min-replicas", "no-debug-trace-in-prod", "stan-cluster-min-replicas"]));
});

describe("a fix is made", () => {
  const cluster = (replicas: string): string => `config:\n  cluster:\n    enabled: true\n    replicas: ${replicas}\n`;

  test("for a number written in values", () => {
    const text = cluster("2 # two for now");
    const [fix, ...others] = fixes(text);
    expect(others).toEqual([]);
    expect(withFixes(text, fix === undefined ? [] : [fix])).toBe(cluster("3 # two for now"));
  });

  test("with the line ends as they were", () => {
    const text = `\ufeff${cluster("2")}`.replaceAll("\n", "\r\n");
    expect(withFixes(text, fixes(text))).toBe(`\ufeff${cluster("3")}`.replaceAll("\n", "\r\n"));
  });

  test.each([
    ["what an anchor gives", `two: &two 2\n${cluster("*two")}`],
    ["what has an anchor that others may use", cluster("&two 2")],
    ["what has a tag", cluster("!!int 2")],
    ["what is spelt otherwise", cluster("0x2")],
  ])("not for %s", (_, text) => expect(fixes(text)).toEqual([]));

  test("not for what stands in a nats.conf", () => {
    const text = [
      "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: nats-config }\ndata:\n  nats.conf: |\n    debug: true\n---",
      "apiVersion: apps/v1\nkind: StatefulSet\nmetadata: { name: nats }\nspec:\n  serviceName: nats\n  replicas: 1\n  selector: { matchLabels: { app: nats } }",
      "  template:\n    metadata: { labels: { app: nats } }\n    spec:\n      containers:\n        - name: nats\n          image: nats:2.10.22",
      '          args: ["--config", "/etc/nats/nats.conf"]\n          volumeMounts: [{ name: config, mountPath: /etc/nats }]\n      volumes: [{ name: config, configMap: { name: nats-config } }]\n',
    ].join("\n");
    const { findings } = lint([{ path: "nats.yaml", text }], { ...DEFAULT_SETTINGS, environment: "production", today: "2026-01-01" }, engine);
    expect(findings.filter(({ rule }) => rule.id === "no-debug-trace-in-prod")).toMatchObject([{ start: { line: 6 } }]);
    expect(findings.flatMap(({ fix }) => fix ?? [])).toEqual([]);
  });

  test("and not offered when it brings another finding", () => {
    const sources = [{ path: "values.yaml", text: cluster("2") }];
    const settings = { ...values, cluster: { nodes: 2 } };
    const report = lint(sources, settings, engine);
    expect(report.findings.find(({ rule }) => rule.id === "cluster-min-replicas")?.fix).toMatchObject({ replacement: "3" });
    expect([...provenFixes(report, sources, settings, engine)]).toEqual([]);
  });
});

const values: Settings = { ...DEFAULT_SETTINGS, environment: "production", today: "2026-01-01", named: ["values.yaml"], assume: { chart: "nats@2.14.2" } };

function fixes(text: string): readonly Fix[] {
  const { findings } = lint([{ path: "values.yaml", text }], values, engine);
  expect(findings.map(({ rule }) => rule.id)).toContain("cluster-min-replicas");
  return findings.flatMap(({ rule, fix }) => (rule.id === "cluster-min-replicas" && fix !== undefined ? [fix] : []));
}

function openOf(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter(({ suppressed }) => suppressed === null);
}

function line({ rule, path, start }: Finding): string {
  return `${rule.id} at ${path}:${start.line}`;
}

function place({ rule, path, start }: Finding): string {
  return `${rule.id} at ${path}:${start.line}:${start.column}`;
}

function never(): never {
  throw new Error("there is no fix");
}
