// What one reading of a nats.conf shares with the files it includes and the variables it reads: bounds against cycles and bombs.

import type { Node } from "../node.ts";

/** Bounds nobody reaches by hand. Values of variables are shared, so a short text may stand for a huge tree. */
const mostText = 20_000_000;
const mostVariables = 5_000;
const mostNodes = 200_000;
const mostFiles = 1_000;
const deepestFile = 20;
const deepestVariable = 50;

export class Session {
  /** The files being read, outermost first. */
  readonly files: readonly string[];
  /** The environment variables being read. */
  readonly variables: readonly string[];
  /** How many brackets are open around the text. */
  readonly depth: number;
  readonly #spent: { text: number; nodes: number; files: number; variables: number };
  readonly #sizes: WeakMap<Node, number>;

  constructor(path: string, outer?: Session, inner?: { readonly file?: string; readonly variable?: string; readonly depth: number }) {
    this.files = outer === undefined ? [path] : inner?.file === undefined ? outer.files : [...outer.files, inner.file];
    this.variables = inner?.variable === undefined ? (outer?.variables ?? []) : [...(outer?.variables ?? []), inner.variable];
    this.depth = (outer?.depth ?? 0) + (inner?.depth ?? 0);
    this.#spent = outer === undefined ? { text: 0, nodes: 0, files: 0, variables: 0 } : outer.#spent;
    this.#sizes = outer === undefined ? new WeakMap() : outer.#sizes;
  }

  /** May the text of a variable be read on top of all that was? */
  allowsVariable(text: string): boolean {
    this.#spent.variables += 1;
    return this.#allowsText(text) && this.#spent.variables <= mostVariables && this.variables.length <= deepestVariable;
  }

  allowsFile(text: string): boolean {
    this.#spent.files += 1;
    return this.#allowsText(text) && this.#spent.files <= mostFiles && this.files.length <= deepestFile;
  }

  #allowsText(text: string): boolean {
    this.#spent.text += text.length;
    return this.#spent.text <= mostText;
  }

  /** May the node stand in the tree once more? */
  allowsCopy(node: Node): boolean {
    this.#spent.nodes += this.size(node);
    return this.#spent.nodes <= mostNodes;
  }

  /** How many nodes there are in it, itself included. */
  size(node: Node): number {
    return this.#sizes.get(node) ?? 1;
  }

  measured<T extends Node>(node: T, size: number): T {
    if (size > 1) this.#sizes.set(node, size);
    return node;
  }
}
