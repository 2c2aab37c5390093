// What building a model needs to know beside the sources.

import type { ChartFacts } from "./chart-facts.ts";
import type { RootSchema } from "./schema.ts";

export interface Knowledge {
  readonly schema: RootSchema;
  /** Facts about a published chart, by the name of its file in `charts/`. */
  readonly charts: (name: string) => ChartFacts;
}
