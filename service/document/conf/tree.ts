// Makes nodes of what the grammar tells. Keys wait for their values as in the server, so that even its misreadings can be had.

import { list, map, type MapNode, type Node, type Origin, scalar, unknown } from "../node.ts";
import type { Span } from "../../source/position.ts";
import type { ConfContext, Overridden } from "./conf-document.ts";
import type { Lexeme } from "./lexeme.ts";
import { type ConfError, type Problem, refuses } from "./problem.ts";
import type { Outside } from "./outside.ts";
import { shown } from "./scan-key.ts";
import type { Session } from "./session.ts";
import type { Key, Sink } from "./sink.ts";
import { typed } from "./typed.ts";

interface Frame {
  readonly kind: "map" | "list";
  readonly start: number;
  readonly entries: Map<string, Node>;
  readonly items: Node[];
  /** Keys that an included file has set. */
  readonly included: Set<string>;
  /** How many keys waited when it was opened, its own included. */
  readonly waiting: number;
  size: number;
  incomplete?: string;
}

export class Tree implements Sink {
  readonly #context: ConfContext;
  readonly #session: Session;
  readonly #outside: Outside;
  readonly #text: string;
  readonly #frames: Frame[] = [frame("map", 0, 0)];
  readonly #keys: Key[] = [];
  readonly #errors: ConfError[] = [];
  readonly #overridden: Overridden[] = [];

  constructor(text: string, context: ConfContext, session: Session, outside: Outside) {
    this.#text = text;
    this.#context = context;
    this.#session = session;
    this.#outside = outside;
  }

  get errors(): readonly ConfError[] {
    return this.#errors;
  }

  get overridden(): readonly Overridden[] {
    return this.#overridden;
  }

  /** The whole map. What is open yet is closed, unless the server would drop it. */
  root(end: number): MapNode {
    while (this.#frames.length > 1) {
      if (this.#context.literal === true) this.#frames.pop();
      else this.close(end);
    }
    const { entries, incomplete, size } = this.#top();
    const root = map(entries, this.#context.origin({ start: 0, end }));
    return this.#session.measured(incomplete === undefined ? root : { ...root, incomplete }, size);
  }

  key(key: Key): void {
    this.#keys.push(key);
  }

  value(lexeme: Extract<Lexeme, { kind: "value" }>): void {
    const { inner, style, type, value } = lexeme;
    const spelling = {
      text: this.#text.slice(inner.start, inner.end),
      style,
      conf: style === "plain" ? "bare" : "quoted",
      ...(type === undefined ? {} : { type }),
    } as const;
    const span = { start: lexeme.start, end: lexeme.end };
    if (lexeme.odd !== undefined) this.report({ kind: "lost", message: lexeme.odd, span });
    this.#put(scalar(value, this.#origin(span), spelling));
  }

  reference(name: string, span: Span): void {
    const origin = this.#origin(span);
    const maps = this.#frames.filter((one) => one.kind === "map");
    // Innermost first; what other maps hold is out of sight, and so is what follows.
    const node = name.startsWith("2a$") ? undefined : maps.findLast((one) => one.entries.has(name))?.entries.get(name);
    const hidden = maps.some((one) => one.incomplete !== undefined);
    const found = node === undefined ? this.#outside.variable(name, span, origin, hidden) : this.#outside.defined(node, origin);
    if (found.problem !== undefined) this.report({ ...found.problem, span });
    this.#put(this.#session.measured(found.node, this.#session.size(node ?? found.node)));
  }

  unreadable(span: Span): void {
    // The grammar stops where it despairs; people mean the text up to the next blank or separator.
    const text = /^[^\s,;\]}']*/.exec(this.#text.slice(span.start, span.start + 4096))?.[0] ?? "";
    const node = unknown("its text cannot be read", this.#origin({ start: span.start, end: Math.max(span.end, span.start + text.length) }));
    this.#put(/^["']/.test(text) ? node : { ...node, spelling: { text, style: "plain", conf: "bare" } });
  }

  dropped(span: Span): void {
    const key = this.#top().kind === "map" ? this.#keys.at(-1) : undefined;
    const what = key === undefined ? "the element" : shown(this.#text, key);
    this.report({ kind: "lost", message: `The letters behind the number are no size, so the server drops ${what}`, span });
    if (key === undefined || this.#context.literal === true) return;
    const spelling = { text: this.#text.slice(span.start, span.end), style: "plain", conf: "bare" } as const;
    this.#put({ ...unknown("the server drops it", this.#origin(span)), spelling });
  }

  valueless(): void {
    const key = this.#keys.at(-1);
    if (key === undefined) return;
    const message = `No value stands behind ${shown(this.#text, key)}, so the server takes the map around it for its value`;
    this.report({ kind: "lost", message, span: key.span });
  }

  open(kind: "map" | "list", at: number): void {
    this.#frames.push(frame(kind, at, this.#keys.length));
  }

  close(end: number): void {
    const closed = this.#frames.pop();
    if (closed === undefined) return;
    if (this.#context.literal !== true) this.#keys.length = closed.waiting;
    const origin = this.#origin({ start: closed.start, end });
    const { entries, incomplete, items } = closed;
    const made = closed.kind === "list" ? list(items, origin) : map(entries, origin);
    this.#put(this.#session.measured(incomplete === undefined ? made : { ...made, incomplete }, closed.size));
  }

  include(path: string, span: Span): void {
    const top = this.#top();
    const found = this.#outside.include(path, span, this.#context.origin(span), this.#frames.length);
    if (found.problem !== undefined) this.report({ ...found.problem, span });
    if (found.incomplete !== undefined) top.incomplete ??= found.incomplete;
    for (const [name, node] of found.root?.entries ?? []) {
      this.#bind(top, name, node, "included");
      top.included.add(name);
    }
  }

  report(problem: Problem): void {
    this.#errors.push({ ...problem, origin: this.#context.origin(problem.span), refused: refuses(problem.kind) });
  }

  #put(node: Node): void {
    const top = this.#top();
    if (top.kind === "list") {
      top.items.push(node);
      top.size += this.#session.size(node);
      return;
    }
    const key = this.#keys.pop();
    if (key !== undefined) this.#bind(top, key.name, node);
  }

  #bind(top: Frame, name: string, node: Node, from?: "included"): void {
    const before = top.entries.get(name);
    if (before !== undefined && from === undefined && !top.included.has(name))
      this.#overridden.push({ name, same: isSame(before, node), first: before, last: node });
    top.included.delete(name);
    top.entries.delete(name);
    top.entries.set(name, node);
    top.size += this.#session.size(node);
  }

  #top(): Frame {
    return this.#frames.at(-1) ?? frame("map", 0, 0);
  }

  /** With the key in front of it, which is the one that waits for it. */
  #origin(span: Span): Origin {
    const key = this.#top().kind === "map" ? this.#keys.at(-1) : undefined;
    return this.#context.origin(span, key?.span);
  }
}

function frame(kind: Frame["kind"], start: number, waiting: number): Frame {
  return { kind, start, entries: new Map(), items: [], included: new Set(), waiting, size: 1 };
}

function isSame(one: Node, other: Node): boolean {
  return one.kind !== "unknown" && JSON.stringify(typed(one)) === JSON.stringify(typed(other));
}
