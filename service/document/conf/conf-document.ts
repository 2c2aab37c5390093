// What reading a nats.conf gives, and what it needs from outside. Types only: whoever reads files or pods is elsewhere.

import type { MapNode, Node, Origin } from "../node.ts";
import type { Span } from "../../source/position.ts";
import type { Version } from "./dialect.ts";
import type { ConfError } from "./problem.ts";

/** Turns offsets of a conf's text into a place of the source around it. */
export type OriginOf = (span: Span, key?: Span) => Origin;

/** A text to include. `origin` is needed where it stands in another source; otherwise `path` is that source. */
export interface IncludedText {
  readonly path: string;
  readonly text: string;
  readonly origin?: OriginOf;
}

export interface ConfContext {
  /** Version of the server that will read it, such as [2, 14, 2]; the newest dialect when absent. */
  readonly version?: Version;
  /**
   * The environment: undefined for a variable that is not set, null for one whose value is not known.
   * When absent, every variable that no key defines is unknown, which is no error.
   */
  readonly environment?: (name: string) => string | null | undefined;
  /**
   * The file of an include directive, by the path as written and the path of the file it is written in.
   * null: it cannot be known, so the map around the directive is incomplete. undefined: there is no such file, an error.
   * When absent, no included file is known.
   */
  readonly include?: (path: string, from: string) => IncludedText | null | undefined;
  readonly origin: OriginOf;
  /** The path of the file, for `include`. */
  readonly path: string;
  /** Bind keys that lost their value as the server does, to whatever comes next, rather than as they were meant. */
  readonly literal?: boolean;
}

/** A `$NAME` that stands for a value. */
export interface VariableReference {
  readonly name: string;
  /** Of the reference; in an included file, of the path in the directive. */
  readonly span: Span;
  readonly origin: Origin;
}

/** A variable that the text does not define. `unset` ones are errors as well. */
export interface OuterVariable extends VariableReference {
  readonly state: "set" | "unset" | "unknown";
}

/** A key that stands twice in a map of one file; the server keeps the last without a word. What an include overrides is meant. */
export interface Overridden {
  readonly name: string;
  /** Do both say the same? An unknown value is like nothing. */
  readonly same: boolean;
  readonly first: Node;
  readonly last: Node;
}

export interface ConfDocument {
  /** Always there, with as much as could be read. Maps with an include that is not known are `incomplete`. */
  readonly root: MapNode;
  /** In the order of the text. Those that are not `refused` do not keep a server from starting. */
  readonly errors: readonly ConfError[];
  /** As written, those of included files too. */
  readonly includes: readonly { readonly path: string; readonly span: Span; readonly origin: Origin }[];
  /** Variables that nothing in the text defines, in the order of their references. */
  readonly variables: readonly OuterVariable[];
  /** The entries that a reference points to: these very nodes. Most unknown keys are no error when they are among them. */
  readonly referenced: ReadonlySet<Node>;
  readonly overridden: readonly Overridden[];
}
