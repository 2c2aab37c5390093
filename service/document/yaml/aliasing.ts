// Anchors and aliases of one document, with go-yaml's limit on what aliases may blow a document up to.

import type { Node } from "../node.ts";

interface Anchored {
  /** Absent while the node is being read. */
  readonly node?: Node;
  /** How many nodes it stands for, aliases below it included. */
  readonly size: number;
}

export class Aliasing {
  readonly #anchors = new Map<string, Anchored>();
  #nodes = 0;
  #aliased = 0;

  count(): void {
    this.#nodes++;
  }

  /** Reads an anchored node and keeps it for its aliases; a later anchor of the name takes its place. */
  anchored(name: string, read: () => Node): Node {
    const reading: Anchored = { size: 0 };
    this.#anchors.set(name, reading);
    const before = this.#nodes;
    const node = read();
    // Unless the name was given away again inside.
    if (this.#anchors.get(name) === reading) this.#anchors.set(name, { node, size: this.#nodes - before + 1 });
    return node;
  }

  /** The node of an alias, or why there is none. */
  resolve(name: string): Node | string {
    const anchor = this.#anchors.get(name);
    if (anchor === undefined) return "an alias names an anchor that is not set above it in this document";
    if (anchor.node === undefined) return "an anchored value contains its own alias";
    this.#nodes += anchor.size;
    this.#aliased += anchor.size;
    if (this.#aliased > 100 && this.#nodes > 1000 && this.#aliased / this.#nodes > allowedShare(this.#nodes))
      return "aliases multiply the document beyond all measure";
    return anchor.node;
  }
}

/** go-yaml's own scale: small documents may consist of aliases, huge ones hardly. */
function allowedShare(nodes: number): number {
  const [low, high] = [400_000, 4_000_000];
  if (nodes <= low) return 0.99;
  return nodes >= high ? 0.1 : 0.99 - 0.89 * ((nodes - low) / (high - low));
}
