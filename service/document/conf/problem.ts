// What can be wrong with a nats.conf before anybody knows a single key of it.

import type { Origin } from "../node.ts";
import type { Span } from "../../source/position.ts";
import type { VersionRange } from "./dialect.ts";

/**
 * - `syntax`: the grammar does not allow it.
 * - `value`: a number or date that is none.
 * - `variable`: a reference to what is no value.
 * - `unset`: a reference to a variable that nothing defines.
 * - `include`: a file that cannot be included.
 * - `lost`: taken by the server, but not as what it looks like; something is dropped without a word.
 * - `dialect`: taken by the newest server and refused by older ones; only where no version is known.
 * - `limit`: natslint gave up here, the server need not.
 */
export type ProblemKind = "syntax" | "value" | "variable" | "unset" | "include" | "lost" | "dialect" | "limit";

/** As the grammar sees it, in offsets of one text. */
export interface Problem {
  readonly kind: ProblemKind;
  /** One sentence. Never holds any part of a value, which may be a password; it may name keys. */
  readonly message: string;
  readonly span: Span;
  /** The versions that refuse it, where not all or none of them do. */
  readonly versions?: readonly VersionRange[];
  /** A bracket is never closed. */
  readonly unclosed?: true;
}

/** A problem with its place in the sources. */
export interface ConfError extends Problem {
  /** In the main text; for an error inside an included file, the path in the directive. */
  readonly span: Span;
  /** Where it is, in whichever file. */
  readonly origin: Origin;
  /** Would the server refuse to start for this? */
  readonly refused: boolean;
}

/** Does the server stop at a problem of this kind? */
export function refuses(kind: ProblemKind): boolean {
  return kind === "syntax" || kind === "value" || kind === "variable" || kind === "unset" || kind === "include";
}
