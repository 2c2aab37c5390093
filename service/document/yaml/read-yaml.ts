// Reads a YAML text into trees, as Helm and kubectl would read it, and never throws: what is wrong becomes a violation.

import type { Span } from "../../source/position.ts";
import { readJson } from "../json/read-json.ts";
import type { Node, Origin } from "../node.ts";
import type { TextViolation } from "../violation.ts";
import { Gaps } from "./gaps.ts";
import { located, type Problem, parse } from "./parse.ts";
import { Refusal } from "./refusal.ts";
import { type Part, split } from "./split.ts";
import { holdsDirective, holdsTemplate, type Masked, mask, TEMPLATE } from "./templates.ts";
import { Tree } from "./tree.ts";

export interface YamlText {
  readonly path: string;
  readonly text: string;
  /** Given when the text is embedded in another document: every span passes through it. */
  readonly origin?: (span: Span, key?: Span) => Origin;
}

export interface YamlDocument {
  /** Null when nothing is written in the document, and when it was not read. */
  readonly root: Node | null;
  /** The comments in front of the document and its marker `---` included. */
  readonly span: Span;
  /** 0-based, among all documents of the text. */
  readonly index: number;
  readonly state: "read" | "skipped" | "broken";
  /** Why it is broken: "it holds template code". */
  readonly why?: string;
}

export interface YamlOptions {
  /** Documents it refuses are not parsed. It is given the document's text and its index. */
  readonly relevant?: (documentText: string, index: number) => boolean;
}

/** A text has at least one document, be it empty. Of each broken document only the first problem is told. */
export function readYaml(source: YamlText, options: YamlOptions = {}): { documents: YamlDocument[]; violations: TextViolation[] } {
  const reader = readers.get(source) ?? new Reader(source);
  readers.set(source, reader);
  const violations: TextViolation[] = [];
  const documents = reader.parts.map((part, index): YamlDocument => {
    const text = reader.text.slice(part.start, part.end);
    const known = { index, span: reader.place(0)(part).span };
    if (options.relevant?.(text, index) === false) return { ...known, root: null, state: "skipped" };
    const read = reader.document(part, text);
    for (const one of read.violations) violations.push(one);
    return { ...known, root: read.root, state: read.state, ...(read.why !== undefined && { why: read.why }) };
  });
  return { documents, violations };
}

/** Of each text: who asks for documents asks for those that concern them, and several ask for the same. */
const readers = new WeakMap<YamlText, Reader>();

type Read = Pick<YamlDocument, "root" | "state" | "why"> & { readonly violations: readonly TextViolation[] };

class Reader {
  /** As long as the source's text; only its line ends are made LF or CRLF. */
  readonly text: string;
  readonly parts: readonly Part[];
  readonly #read = new Map<Part, Read>();
  readonly #source: YamlText;
  readonly #directives: boolean;
  #masked: Masked | "too much" | undefined;

  constructor(source: YamlText) {
    this.#source = source;
    const { text } = source;
    this.text = /\r(?!\n)|\u0085/.test(text) ? text.replace(/\r(?!\n)|\u0085/g, "\n") : text;
    this.#directives = text.includes("{") && holdsDirective(text);
    this.parts = split(this.text, text.startsWith("\ufeff") ? 1 : 0);
  }

  /** Origins for the offsets of a text that begins at `base`. */
  place(base: number): (span: Span, key?: Span) => Origin {
    const { path, origin } = this.#source;
    const shift = ({ start, end }: Span): Span => ({ start: start + base, end: end + base });
    return (span, key) => {
      if (origin !== undefined) return key === undefined ? origin(shift(span)) : origin(shift(span), shift(key));
      return key === undefined ? { path, span: shift(span) } : { path, span: shift(span), key: shift(key) };
    };
  }

  document(part: Part, text: string): Read {
    const read = this.#read.get(part) ?? this.#document(part, text);
    this.#read.set(part, read);
    return read;
  }

  #document(part: Part, text: string): Read {
    const read = this.#tree(text, part);
    const templated = "problem" in read ? holdsTemplate(text) : this.#directives && this.#decides(part, read.root);
    if (templated) {
      const masked = this.#mask();
      const again = masked === undefined ? undefined : this.#tree(text, part, masked);
      if (again === undefined || "problem" in again) return { root: null, state: "broken", why: "it holds template code", violations: [] };
      return { root: again.root, state: "read", violations: [] };
    }
    if ("problem" in read) {
      const violations = [this.#invalid(part.start, located(text, read.problem))];
      return { root: null, state: "broken", why: "it is not valid YAML", violations };
    }
    const { stray } = part;
    const message = "text stands behind the end of the document (...) without a new ---";
    const violations = stray === undefined ? read.duplicates : [...read.duplicates, this.#invalid(0, { ...stray, message })];
    return { root: read.root, state: "read", violations };
  }

  #tree(
    text: string,
    part: Part,
    masked?: Masked,
  ): { readonly root: Node | null; readonly duplicates: readonly TextViolation[] } | { readonly problem: Problem } {
    const json = masked === undefined ? readJson(text, this.place(part.start)) : null;
    if (json !== null) return json;
    const parsed = parse(masked === undefined ? text : masked.text.slice(part.start, part.end));
    if (parsed.problem !== undefined) return { problem: parsed.problem };
    const gaps = masked === undefined ? undefined : new Gaps(text, masked, part.start);
    const tree = new Tree(masked === undefined ? text : masked.text.slice(part.start, part.end), this.place(part.start), gaps);
    try {
      return { root: tree.read(parsed.root), duplicates: tree.duplicates };
    } catch (error) {
      if (error instanceof Refusal) return { problem: error.problem };
      throw error;
    }
  }

  /** Does template code on lines of its own decide about a document that can be read as it stands? */
  #decides(part: Part, root: Node | null): boolean {
    if (root?.kind === "unknown" && root.because === TEMPLATE) return true;
    const masked = this.#mask();
    return masked === undefined || masked.regions.some((region) => region.start < part.start && part.start < region.end);
  }

  #mask(): Masked | undefined {
    this.#masked ??= mask(this.text) ?? "too much";
    return this.#masked === "too much" ? undefined : this.#masked;
  }

  #invalid(base: number, { start, end, message }: Problem): TextViolation {
    return { rule: "yaml-invalid", origin: this.place(base)({ start, end }), facts: { problem: message } };
  }
}
