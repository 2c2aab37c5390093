// Answers about a chart that many releases ask for: worked out once for each list of its versions.

import type { Candidates, ChartFacts } from "./chart-facts.ts";

/** Ranges are what people write, so there is no end to the lists; more than this many are not kept. */
const MOST = 100;

/** The same answers as `ask` gives, which nobody may change. */
export function remembered<Answer>(ask: (chart: Candidates) => Answer): (chart: Candidates) => Answer {
  const charts = new WeakMap<ChartFacts, Map<string, Answer>>();
  return (chart) => {
    const known = charts.get(chart.facts) ?? new Map<string, Answer>();
    const versions = chart.versions.join(" ");
    const found = known.get(versions);
    if (found !== undefined) return found;
    if (known.size >= MOST) known.clear();
    const answer = ask(chart);
    charts.set(chart.facts, known.set(versions, answer));
    return answer;
  };
}
