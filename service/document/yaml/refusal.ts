// What stops the reading of one document: go-yaml would refuse it too.

import type { Span } from "../../source/position.ts";
import type { Problem } from "./parse.ts";

/** Thrown within this folder only: the document cannot be what it is meant to be. */
export class Refusal {
  readonly problem: Problem;

  constructor(at: Span, message: string) {
    this.problem = { ...at, message };
  }
}
