// A number that the chart has anyway says nothing in a copy of all its defaults, and something in a file of a person's own.

import { expect, test } from "vitest";
import { stringify } from "yaml";
import { lint } from "../../service/lint.ts";
import { candidates, defaultKeys, keyParts } from "../../service/model/chart-facts.ts";
import { DEFAULT_SETTINGS } from "../../service/settings/settings.ts";
import { testEngine } from "../engine.ts";

const engine = await testEngine();

/** Values with all keys of the chart's own values.yaml; what the others are set to makes no difference here. */
function wholeCopy(set: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const chart = candidates(engine.charts("nats"), "2.14.2", "1.0.0", "99.0.0");
  const values: Record<string, unknown> = {};
  for (const key of defaultKeys(chart)) {
    const parts = keyParts(key);
    const last = parts.pop() ?? "";
    let here = values;
    for (const part of parts) {
      if (typeof here[part] !== "object" || here[part] === null) here[part] = {};
      here = here[part] as Record<string, unknown>;
    }
    here[last] ??= set[key] ?? null;
  }
  return values;
}

const NUMBER = { config: { cluster: { enabled: false, replicas: 3 } } };

test.each([
  ["a file of its own", NUMBER, 1],
  ["a copy of all defaults", wholeCopy({ "config.cluster.enabled": false, "config.cluster.replicas": 3 }), 0],
])("%s", (_name, values, count) => {
  const sources = [{ path: "values.yaml", text: stringify(values) }];
  const { findings } = lint(sources, { ...DEFAULT_SETTINGS, releases: [{ chart: "nats@2.14.2", values: ["values.yaml"] }] }, engine);
  expect(findings.filter(({ rule }) => rule.id === "replicas-ignored-when-not-clustered")).toHaveLength(count);
});
