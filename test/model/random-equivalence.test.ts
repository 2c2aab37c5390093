// Values that nobody chose make of a real chart what natslint says they make. tools/random-equivalence.ts runs the same over
// every version, as often as it is told to.
import { stringify } from "yaml";
import { describe, expect, test } from "vitest";
import { chartFolder } from "../../tools/chart-sources.ts";
import { programPath } from "../../tools/kubernetes.ts";
import { compared, sample } from "../../tools/random-equivalence.ts";
import { testKnowledge } from "../engine.ts";

const knowledge = testKnowledge();

/** Versions of each way of writing a chart, and those on both sides of a change. */
const VERSIONS: readonly (readonly [chart: string, version: string])[] = [
  ...["0.4.2", "0.6.0", "0.7.5", "0.8.10", "0.11.2", "0.14.0", "0.19.17"].map((version) => ["nats", version] as const),
  ...["1.0.0-beta.4", "1.0.0", "1.2.11", "1.3.15", "2.12.3", "2.14.2"].map((version) => ["nats", version] as const),
  ...["0.4.2", "0.6.0", "0.7.5", "0.13.0"].map((version) => ["stan", version] as const),
  ...["1.3.1", "4.3.7"].map((version) => ["stable-nats", version] as const),
  ["nats-streaming-operator", "1.0.1"],
];

const there = programPath("helm") === null ? [] : VERSIONS.filter(([chart, version]) => chartFolder(chart, version) !== null);

describe.skipIf(there.length === 0)("values by chance (skipped where there is no helm, or tools/chart-sources.ts has unpacked no chart)", () => {
  test.each(there)("%s %s", (chart, version) => {
    const all = sample(chart, version, 6, 20260101, knowledge).map((values) => ({ values, found: compared(chart, version, values, knowledge) }));
    const rendered = all.filter(({ found }) => found !== null);
    expect(rendered.length).toBeGreaterThan(0);
    for (const { values, found } of rendered) expect(found, stringify(values)).toEqual([]);
  });
});
