// Makes our tree of the library's nodes: what is known, what is not, and where each value is written.
// Refuses what go-yaml refuses after parsing. Offsets here are those of one document's text.

import { type Alias, isAlias, isMap, isScalar, type ParsedNode, type Scalar, type YAMLSeq } from "yaml";
import type { Span } from "../../source/position.ts";
import { list, type Node, type Origin, type ScalarValue, type Spelling, scalar, unknown } from "../node.ts";
import type { TextViolation } from "../violation.ts";
import { Aliasing } from "./aliasing.ts";
import { blockIndent, decodeBlock, leadingTab } from "./block-text.ts";
import type { Decoding } from "./decoding.ts";
import { readEntries } from "./entries.ts";
import { decodeDouble, decodePlain, decodeSingle } from "./flow-text.ts";
import type { Gaps } from "./gaps.ts";
import { TOO_DEEP } from "./parse.ts";
import { Refusal } from "./refusal.ts";
import { resolvePlain, resolveTagged, TAG } from "./scalars.ts";
import { PLACEHOLDER, TEMPLATE } from "./templates.ts";
import { ENCRYPTED, unknownText } from "./unknown-text.ts";

/** Where a node stands in its parent. */
export interface Slot {
  /** Where a value that is not written would stand. */
  readonly after: number;
  readonly key?: Span;
  readonly isKey?: true;
  /** Where the next thing after the node begins. */
  readonly until: number;
  /** Column of the block collection around it; -1 for none. */
  readonly column: number;
  readonly depth: number;
}

export type Place = (span: Span, key?: Span) => Origin;

const DEEPEST = 500;
const ANCHOR_NAME = /^[\w-]+$/;

export class Tree {
  readonly text: string;
  readonly place: Place;
  readonly gaps: Gaps | undefined;
  readonly duplicates: TextViolation[] = [];
  readonly aliasing: Aliasing = new Aliasing();

  constructor(text: string, place: Place, gaps?: Gaps) {
    this.text = text;
    this.place = place;
    this.gaps = gaps;
  }

  /** The whole document; null when nothing is written in it. */
  read(root: ParsedNode | null): Node | null {
    const { text } = this;
    const slot: Slot = { after: 0, until: text.length, column: -1, depth: 0 };
    const read = this.node(root, slot);
    const missing = read.kind === "scalar" && read.spelling?.text === "" && read.value === null;
    if (!missing) return this.continued(read, this.end(root, 0), text.length, -1);
    return this.gaps?.continuesBetween(0, text.length, -1, true) === true ? unknown(TEMPLATE, read.origin) : null;
  }

  node(node: ParsedNode | null, slot: Slot): Node {
    if (slot.depth > DEEPEST) throw new Refusal(spanOf(node, slot), TOO_DEEP);
    this.aliasing.count();
    if (node === null) return scalar(null, this.place({ start: slot.after, end: slot.after }, slot.key), { text: "", style: "plain" });
    if (isAlias(node)) return this.#alias(node, slot);
    const name = node.anchor;
    if (name === undefined) return this.#written(node, slot);
    if (!ANCHOR_NAME.test(name)) throw new Refusal(spanOf(node, slot), "an anchor has a name that is not made of letters, digits, _ and -");
    return this.aliasing.anchored(name, () => this.#written(node, slot));
  }

  /** Column of the collection whose first entry begins at an offset, behind its anchor or tag. */
  column(offset: number): number {
    const before = this.text.slice(this.text.lastIndexOf("\n", offset - 1) + 1, offset);
    return /[&!]/.test(before) ? before.replace(/(?:[&!]\S*[ \t]+)+$/, "").length : before.length;
  }

  /** Where a node's text ends: line ends and comments behind it do not count. */
  end(node: ParsedNode | null, after: number): number {
    let last = node;
    let from = after;
    while (last !== null && !isScalar(last) && !isAlias(last) && last.flow !== true && last.items.length > 0) {
      const item = last.items.at(-1) as ParsedNode | { key: ParsedNode; value: ParsedNode | null } | null;
      if (item !== null && "key" in item) {
        from = item.key.range[1];
        last = item.value;
      } else last = item as ParsedNode | null;
    }
    if (last === null) return from;
    return isScalar(last) && last.type?.startsWith("BLOCK") === true ? this.#trimmed(last.range[0], last.range[1]) : last.range[1];
  }

  #written(node: Exclude<ParsedNode, Alias.Parsed>, slot: Slot): Node {
    if (isScalar(node)) return this.#scalar(node, slot);
    const [start, stop] = node.range;
    const flow = node.flow === true;
    const span = { start, end: flow ? stop : this.end(node, start) };
    const origin = this.place(span, slot.key);
    if (flow && (this.text.startsWith("{{", start) || this.gaps?.overlaps(start, stop) === true)) return unknown(TEMPLATE, origin);
    const column = flow ? slot.column : this.column(start);
    if (isMap(node)) return readEntries(this, node, { ...slot, column, origin, outer: slot.column });
    return this.#list(node, slot, column, origin);
  }

  #list(node: YAMLSeq.Parsed, slot: Slot, column: number, origin: Origin): Node {
    const { gaps } = this;
    const items = node.items as (ParsedNode | null)[];
    const flow = node.flow === true;
    let grows = !flow && gaps?.growsBetween(Math.min(slot.after, node.range[0]), slot.until, column, slot.column) === true;
    const made = items.map((item, index) => {
      const start = item?.range[0] ?? node.range[0];
      const until = items[index + 1]?.range[0] ?? slot.until;
      const region = gaps?.regionEnd(start);
      if (region !== undefined) grows = true;
      const one = this.node(item, { after: start, until, column, depth: slot.depth + 1 });
      return flow ? one : this.continued(one, this.end(item, start), until, column);
    });
    return grows ? unknown(TEMPLATE, origin) : list(made, origin);
  }

  /** A value that ends at `end`, unless template code on the lines behind it may add to it. */
  continued(node: Node, end: number, until: number, column: number): Node {
    if (this.gaps === undefined || node.kind !== "scalar" || node.spelling?.style !== "plain") return node;
    return this.gaps.continuesBetween(end, until, column, node.value === null) ? unknown(TEMPLATE, node.origin) : node;
  }

  #scalar(node: Scalar.Parsed, slot: Slot): Node {
    const { start, end, text, spelling, problem } = this.#decoded(node, slot);
    const origin = this.place({ start, end }, slot.key);
    if (text === undefined) return unknown(TEMPLATE, origin);
    if (problem !== undefined) throw new Refusal(problem.span, problem.message);
    const decided = spelling.style === "block" || text.includes("\n") ? undefined : unknownText(text, origin);
    if (decided !== undefined || node.tag === "!vault") return decided ?? unknown(ENCRYPTED, origin);
    const value = meaning(text, spelling.style, node.tag);
    if ("problem" in value) throw new Refusal({ start, end }, value.problem);
    if (slot.isKey !== true && typeof value.value === "number" && !Number.isFinite(value.value))
      throw new Refusal({ start, end }, "the number is infinite or none at all, which Helm and Kubernetes refuse");
    return scalar(value.value, origin, spelling);
  }

  #decoded(node: Scalar.Parsed, slot: Slot): { start: number; end: number; text: string | undefined; spelling: Spelling; problem?: Decoding["problem"] } {
    const { text, gaps } = this;
    const [start, stop] = node.range;
    const raw = text.slice(start, stop);
    const quote = node.type === "QUOTE_DOUBLE" ? "double" : node.type === "QUOTE_SINGLE" ? "single" : undefined;
    if (node.type?.startsWith("BLOCK") === true) return this.#block(node, slot);
    const spelling: Spelling = quote === undefined ? { text: raw, style: "plain" } : { text: raw.slice(1, -1), style: quote };
    if (gaps !== undefined && (raw.includes(PLACEHOLDER) || gaps.overlaps(start, stop))) return { start, end: stop, text: undefined, spelling };
    if (quote === "double" && /[\\\n]/.test(raw)) {
      const decoding = decodeDouble(text, start, stop);
      return { start, end: stop, text: decoding.text, spelling, problem: decoding.problem };
    }
    if (quote === "single" && /'|\n/.test(spelling.text)) {
      const decoding = decodeSingle(text, start, stop);
      return { start, end: stop, text: decoding.text, spelling, problem: decoding.problem };
    }
    if (quote === undefined && raw.includes("\n")) return { start, end: stop, text: decodePlain(text, start, stop).text, spelling };
    return { start, end: stop, text: spelling.text, spelling };
  }

  #block(node: Scalar.Parsed, slot: Slot): { start: number; end: number; text: string | undefined; spelling: Spelling } {
    const [start, stop] = node.range;
    const tab = leadingTab(this.text, start);
    if (tab !== undefined) throw new Refusal({ start: tab, end: tab + 1 }, "a tab stands where YAML wants blanks");
    const indent = blockIndent(this.text, start, slot.column);
    const trimmed = this.#trimmed(start, stop);
    const known = this.gaps === undefined ? { text: this.text, end: trimmed } : this.gaps.blockText(start, trimmed, indent);
    const end = known?.end ?? trimmed;
    this.gaps?.isText(start, end);
    const decoded = known === undefined ? undefined : decodeBlock(known.text, start, end, indent).text;
    // The library lets the text of a whole document stand at column 0.
    if (decoded?.trim() === "" && slot.column < 0 && /^[^#]/.test(node.source.trim())) throw new Refusal({ start, end }, "a block of text is not indented");
    const body = this.text.indexOf("\n", start) + 1;
    const spelling: Spelling = { text: known === undefined || body === 0 || body > end ? "" : known.text.slice(body, end), style: "block" };
    return { start, end, text: decoded, spelling };
  }

  #trimmed(start: number, stop: number): number {
    let end = stop;
    while (end > start + 1 && " \t\r\n".includes(this.text[end - 1] ?? "")) end--;
    return end;
  }

  /** The anchored node, shared; what stands below it says nothing of the alias. */
  #alias(node: Alias.Parsed, slot: Slot): Node {
    const [start, end] = node.range;
    const here = this.place({ start, end }, slot.key);
    const target = this.aliasing.resolve(node.source);
    if (typeof target === "string") throw new Refusal({ start, end }, target);
    const { key: _, ...there } = target.origin;
    const via = [{ kind: "anchor" as const, path: here.path, span: here.span }, ...(there.via ?? [])];
    return { ...target, origin: { ...there, ...(here.key === undefined ? {} : { key: here.key }), via } };
  }
}

function spanOf(node: ParsedNode | null, slot: Slot): Span {
  return node === null ? { start: slot.after, end: slot.after } : { start: node.range[0], end: node.range[1] };
}

function meaning(text: string, style: Spelling["style"], tag: string | undefined): { readonly value: ScalarValue } | { readonly problem: string } {
  if (tag === undefined) return { value: style === "plain" ? resolvePlain(text) : text };
  return tag === "!" || tag === `${TAG}str` ? { value: text } : resolveTagged(text, tag);
}
