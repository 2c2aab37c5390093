// What a stage says against a text or the model, before anybody decides how grave it is.

import type { Origin } from "./node.ts";

/** A fact that a message may print. Anything secret never becomes one. */
export type Fact = string | number | boolean | readonly (string | number)[];

/** Said by the service itself about a place in a text (`judge: service` pages). */
export interface TextViolation {
  readonly rule: string;
  /** Which of the page's messages; `default` when absent. */
  readonly case?: string;
  readonly origin: Origin;
  /** Point at the key instead of the value. */
  readonly on?: "key" | "value";
  readonly facts: Readonly<Record<string, Fact>>;
  readonly related?: readonly { readonly origin: Origin; readonly message: string }[];
}
