// The same values are the same release through whatever wrapper, and are accused at the same places.
import { stringify } from "yaml";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Engine, lint, questions } from "../../service/lint.ts";
import { readReleases } from "../../service/model/releases.ts";
import { testEngine } from "../engine.ts";
import { WAYS, type Wrapped } from "./wrapped.ts";

/** Values of the nats chart that rules have something to say about, now and then. */
const VALUES = fc.record(
  {
    config: fc.record(
      {
        cluster: fc.record({ enabled: fc.boolean(), replicas: fc.integer({ min: 1, max: 5 }) }, { requiredKeys: [] }),
        jetstream: fc.record(
          {
            enabled: fc.constantFrom(true, false, "false"),
            fileStore: fc.record(
              { dir: fc.constantFrom("/data", "/elsewhere"), pvc: fc.record({ size: fc.constantFrom("1Gi", "10Gi", null) }) },
              { requiredKeys: [] },
            ),
            memoryStore: fc.record({ enabled: fc.boolean(), maxSize: fc.constantFrom("256Mi", "4Gi") }, { requiredKeys: [] }),
          },
          { requiredKeys: [] },
        ),
        merge: fc.record({ debug: fc.boolean(), trace: fc.boolean(), max_payload: fc.constantFrom("<< 8MB >>", 1048576) }, { requiredKeys: [] }),
      },
      { requiredKeys: [] },
    ),
    container: fc.record({ image: fc.record({ tag: fc.constantFrom("2.10.1-alpine", "latest", null) }) }, { requiredKeys: [] }),
    natsBox: fc.record({ enabled: fc.boolean() }, { requiredKeys: [] }),
    service: fc.record({ merge: fc.record({ spec: fc.record({ type: fc.constantFrom("LoadBalancer", "ClusterIP") }) }) }, { requiredKeys: [] }),
    affinity: fc.constant({ nodeAffinity: { x: 1 } }),
  },
  { requiredKeys: ["config"] },
);

describe("the same release", async () => {
  const engine = await testEngine();
  const { plain, ...others } = WAYS;
  test.each(Object.entries(others))("by %s", (_name, way) => {
    fc.assert(
      fc.property(VALUES, (values) => {
        const text = stringify(values);
        const expected = (plain as typeof way)(text);
        const wrapped = way(text);
        expect(models(wrapped, engine)).toEqual(models(expected, engine));
        expect(findings(wrapped, engine)).toEqual(findings({ ...expected, keyed: wrapped.keyed === true }, engine));
      }),
      { numRuns: 25 },
    );
  });
});

describe("what is not known accuses nobody", async () => {
  const engine = await testEngine();
  const way = WAYS["Argo CD values"] as (values: string) => Wrapped;
  test.each<readonly [string, string]>([
    ["a file below that is not there", "    helm:\n      valueFiles: [$there/x.yaml]\n"],
    ["parameters above with a name that a template decides", '    helm:\n      parameters: [{ name: "{{ .name }}", value: x }]\n'],
    ["a parameter above with a value that a template decides", '    helm:\n      parameters: [{ name: config.cluster.replicas, value: "{{ .count }}" }]\n'],
  ])("%s", (_name, helm) => {
    fc.assert(
      fc.property(VALUES, (values) => {
        const whole = way(stringify(values));
        const text = whole.sources[0]?.text.replace("    helm:\n", helm) ?? "";
        const less = { ...whole, line: whole.line + 1, sources: [{ path: whole.path, text }] };
        const before = new Set(findings(whole, engine));
        expect(findings(less, engine).filter((one) => !before.has(one))).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });
});

function models({ sources, settings }: Wrapped, engine: Engine): unknown[] {
  const read = readReleases(sources, settings, engine);
  // What installs them is a model of its own, which plain values have none of.
  return [...questions(read.releases, settings, engine)].map((one) => one.model.json).filter((one) => (one["servers"] as unknown[]).length > 0);
}

/** As if the values stood in a file of their own. What belongs to the values as a whole is said of their first character. */
function findings({ sources, settings, path, line, indent, keyed }: Wrapped, engine: Engine): string[] {
  return lint(sources, settings, engine)
    .findings.map((one) => {
      expect(one.path).toBe(path);
      const isWhole = one.start.line <= Math.max(line, 1) && (line > 0 || one.start.column === one.end.column);
      const place = isWhole || (keyed === true && one.rule.id === "anti-affinity-missing") ? "1:1" : `${one.start.line - line}:${one.start.column - indent}`;
      return `${place} ${one.severity} ${one.rule.id}: ${one.message}`;
    })
    .sort();
}
