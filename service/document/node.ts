// The one tree that every format becomes: YAML, nats.conf, and what a chart makes of its values.
// A node never changes; it knows the place that a person must edit to change it.

import type { Span } from "../source/position.ts";

export type Node = ScalarNode | ListNode | MapNode | UnknownNode;

export type ScalarValue = string | number | bigint | boolean | null;

export interface ScalarNode {
  readonly kind: "scalar";
  /** Integers beyond 2^53 are bigint; `null` is a value that was written (`~`, an empty value). */
  readonly value: ScalarValue;
  /** How it was written, where the spelling matters to somebody. */
  readonly spelling?: Spelling;
  readonly origin: Origin;
}

export interface ListNode {
  readonly kind: "list";
  readonly items: readonly Node[];
  readonly origin: Origin;
}

export interface MapNode {
  readonly kind: "map";
  /** In the order written; of a duplicate key the last. */
  readonly entries: ReadonlyMap<string, Node>;
  /** Set where keys may stand in the map that cannot be known; ends the sentence "not complete, because ...". */
  readonly incomplete?: string;
  /** Such keys stand, if at all, where nobody sees them from here: in a Secret, in a file of another repository. */
  readonly unseen?: true;
  readonly origin: Origin;
}

/** Something stands here, but what it will be cannot be known from the files: a template, a secret, a variable. */
export interface UnknownNode {
  readonly kind: "unknown";
  /** Ends the sentence "not known, because ...". Never holds the text itself. */
  readonly because: string;
  /** Two unknown values with the same `same` are equal, whatever they are: "{release}-nats". */
  readonly same?: string;
  /** It stands, if at all, where nobody sees it from here. */
  readonly unseen?: true;
  /** What stands there, where it is a bare text of nats.conf that the server resolves or cannot read. */
  readonly spelling?: Spelling;
  /** The template that stands there, whole: a chart may be the one that fills it in. */
  readonly code?: string;
  readonly origin: Origin;
}

/** The text of a scalar as it stands in its document, quotes excluded, escapes as written. */
export interface Spelling {
  readonly text: string;
  readonly style: "plain" | "single" | "double" | "block";
  /** Set where a text template or nats.conf will lex the text itself: does it stand in quotes there? Or is it the file that a directive includes? */
  readonly conf?: "bare" | "quoted" | "include";
  /** What nats.conf takes it for where the value alone does not tell: 1.0 is a float, a date is a string. */
  readonly type?: "integer" | "float" | "date";
}

/** Where a node comes from. */
export interface Origin {
  /** The source's path. */
  readonly path: string;
  /** The value, quotes included; for a default, the nearest thing that a person wrote. */
  readonly span: Span;
  /** The key in front of it, where there is one. */
  readonly key?: Span;
  /** What stands between the text and the value, outermost first; absent when it was simply written here. */
  readonly via?: readonly Via[];
}

export type Via =
  | { readonly kind: "anchor" | "merge key"; readonly path: string; readonly span: Span }
  /** `key` is the values key that has the default; `chart` reads "nats 2.14.2". */
  | { readonly kind: "chart default"; readonly chart: string; readonly key: string }
  /** A chart's template writes it whatever the values say, or computes it from them. */
  | { readonly kind: "template"; readonly chart: string }
  | { readonly kind: "command line"; readonly flag: string }
  /** A variable of the environment stands there, and its value is what is read. */
  | { readonly kind: "variable"; readonly name: string }
  | { readonly kind: "layer"; readonly path: string; readonly span: Span };

export function scalar(value: ScalarValue, origin: Origin, spelling?: Spelling): ScalarNode {
  return spelling === undefined ? { kind: "scalar", value, origin } : { kind: "scalar", value, spelling, origin };
}

export function list(items: readonly Node[], origin: Origin): ListNode {
  return { kind: "list", items, origin };
}

/** What stands, if at all, where nobody sees it from here. */
export function hidden(because: string, origin: Origin): UnknownNode {
  return { kind: "unknown", because, unseen: true, origin };
}

export function map(entries: Iterable<readonly [string, Node]>, origin: Origin): MapNode {
  return { kind: "map", entries: new Map(entries), origin };
}

export function unknown(because: string, origin: Origin, same?: string): UnknownNode {
  return same === undefined ? { kind: "unknown", because, origin } : { kind: "unknown", because, same, origin };
}

/**
 * The node at a path of keys and indexes, or undefined where nothing is written.
 * Below something unknown everything is unknown, so that node is the answer.
 */
export function at(node: Node | undefined, ...path: readonly (string | number)[]): Node | undefined {
  let here = node;
  for (const step of path) {
    if (here === undefined || here.kind === "unknown") return here;
    if (here.kind === "map") {
      const next: Node | undefined = here.entries.get(String(step));
      if (next === undefined && here.incomplete !== undefined)
        return here.unseen === true ? hidden(here.incomplete, here.origin) : unknown(here.incomplete, here.origin);
      here = next;
    } else if (here.kind === "list") here = typeof step === "number" ? here.items[step] : undefined;
    else return undefined;
  }
  return here;
}

/** The members of a list; none where there is none. */
export function members(node: Node | undefined): readonly Node[] {
  return node?.kind === "list" ? node.items : [];
}

/** The value of a scalar of one type; undefined when it is another type, unset or unknown. */
export function text(node: Node | undefined): string | undefined {
  return node?.kind === "scalar" && typeof node.value === "string" ? node.value : undefined;
}

/** As Kubernetes and Helm treat it: nothing written, or a written null. */
export function isUnset(node: Node | undefined): boolean {
  return node === undefined || (node.kind === "scalar" && node.value === null);
}
