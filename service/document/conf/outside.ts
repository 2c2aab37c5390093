// What a nats.conf takes from elsewhere: variables of the environment and included files. Both are texts of the same
// grammar, read apart from what is around them.

import { type MapNode, type Node, type Origin, scalar, unknown } from "../node.ts";
import type { Span } from "../../source/position.ts";
import type { ConfContext, ConfDocument, OuterVariable } from "./conf-document.ts";
import type { ConfError, Problem } from "./problem.ts";
import { Session } from "./session.ts";

export type ReadText = (text: string, context: ConfContext, session: Session) => ConfDocument;

/** A node, and what is wrong about it. */
interface Found {
  readonly node: Node;
  readonly problem?: Pick<Problem, "kind" | "message">;
}

interface Included {
  readonly root?: MapNode;
  /** Why the map around the directive is not complete. */
  readonly incomplete?: string;
  readonly problem?: Pick<Problem, "kind" | "message">;
}

export class Outside {
  readonly #context: ConfContext;
  readonly #session: Session;
  readonly #read: ReadText;
  readonly #includes: { path: string; span: Span; origin: Origin }[] = [];
  readonly #variables: OuterVariable[] = [];
  readonly #referenced = new Set<Node>();
  readonly #errors: ConfError[] = [];

  constructor(context: ConfContext, session: Session, read: ReadText) {
    this.#context = context;
    this.#session = session;
    this.#read = read;
  }

  get includes(): ConfDocument["includes"] {
    return this.#includes;
  }

  get variables(): ConfDocument["variables"] {
    return this.#variables;
  }

  get referenced(): ConfDocument["referenced"] {
    return this.#referenced;
  }

  /** What is wrong inside included files. */
  get errors(): readonly ConfError[] {
    return this.#errors;
  }

  /** The node that a key of the text defines, as it stands where a reference asks for it. */
  defined(node: Node, reference: Origin): Found {
    this.#referenced.add(node);
    if (!this.#session.allowsCopy(node)) {
      const message = "The variable makes the configuration larger than natslint reads";
      return { node: unknown("it is too large", reference), problem: { kind: "limit", message } };
    }
    return { node: referred(node, reference) };
  }

  /** The value of a variable that no key defines. `hidden`: a file that is not known may define it. */
  variable(name: string, span: Span, origin: Origin, hidden: boolean): Found {
    if (name.startsWith("2a$")) {
      return { node: scalar(`$${name}`, origin, { text: `$${name}`, style: "plain", conf: "bare" }) };
    }
    const { environment } = this.#context;
    if (hidden) {
      this.#variables.push({ name, span, origin, state: "unknown" });
      return { node: unresolved("an included file may define the variable", name, origin) };
    }
    // A password may start with a dollar, so only what is spelled like an environment variable is printed.
    const shown = /^[A-Z_][A-Z0-9_]{0,60}$/.test(name) ? `"${name}"` : "of this name";
    if (this.#session.variables.includes(name)) {
      const message = `The environment variable ${shown} refers to itself`;
      return { node: unknown("it refers to itself", origin), problem: { kind: "variable", message } };
    }
    const value = environment?.(name);
    const state = environment === undefined || value === null ? "unknown" : value === undefined ? "unset" : "set";
    this.#variables.push({ name, span, origin, state });
    if (state === "unknown" || value === null) return { node: unresolved("the value of the variable is not known", name, origin) };
    if (value === undefined) {
      const message = `Neither a key before it nor the environment defines a variable ${shown}`;
      return { node: unresolved("its variable is not set", name, origin), problem: { kind: "unset", message } };
    }
    return this.#environmentValue(name, value, shown, span, origin);
  }

  #environmentValue(name: string, value: string, shown: string, span: Span, origin: Origin): Found {
    const { include: _, literal: __, ...context } = this.#context;
    const session = new Session("", this.#session, { variable: name, depth: 0 });
    if (!session.allowsVariable(value)) {
      const message = `The environment variable ${shown} makes the configuration larger than natslint reads`;
      return { node: unknown("it is too large", origin), problem: { kind: "limit", message } };
    }
    const here = { path: origin.path, span: origin.span };
    const inner = this.#read(`pk=${value}`, { ...context, literal: true, origin: () => here }, session);
    for (const outer of inner.variables) this.#variables.push({ ...outer, span, origin });
    const node = inner.root.entries.get("pk");
    const limit = inner.errors.find((error) => error.kind === "limit");
    if (limit !== undefined) return { node: unknown("it is too large", origin), problem: limit };
    if (inner.errors.some((error) => error.refused) || node === undefined) {
      const message = `The environment variable ${shown} holds a text that is no value for the server`;
      const spelling = { text: value, style: "plain", conf: "bare" } as const;
      return { node: { ...unknown("its variable is no value", origin), spelling }, problem: { kind: "variable", message } };
    }
    const placed = { ...node, origin: { ...origin, via: [...(origin.via ?? []), { kind: "variable", name } as const] } };
    this.#session.measured(placed, this.#session.size(node));
    const written = node.kind === "scalar" && node.spelling?.style === "plain" ? node.spelling.text : undefined;
    if (written === undefined || written.length >= value.trim().length) return { node: placed };
    return { node: placed, problem: { kind: "lost", message: `The server reads no more than a part of the environment variable ${shown}` } };
  }

  include(path: string, span: Span, origin: Origin, depth: number): Included {
    this.#includes.push({ path, span, origin });
    const from = this.#session.files.at(-1) ?? this.#context.path;
    const file = this.#context.include?.(path, from);
    if (file === undefined && this.#context.include !== undefined) {
      const message = `There is no file "${path}" to include${path.startsWith("/") ? ", for an absolute path, too, begins at the folder of the configuration" : ""}`;
      return { incomplete: "an included file is missing", problem: { kind: "include", message } };
    }
    if (file === undefined || file === null) return { incomplete: "an included file is not known" };
    if (this.#session.files.includes(file.path)) {
      return { problem: { kind: "include", message: `"${path}" includes itself, which a server does not survive` } };
    }
    const session = new Session("", this.#session, { file: file.path, depth });
    if (!session.allowsFile(file.text)) {
      return { incomplete: "it includes too much", problem: { kind: "limit", message: "More files are included than natslint reads" } };
    }
    const inOwnFile = (inner: Span, key?: Span): Origin => ({ path: file.path, span: inner, ...(key === undefined ? {} : { key }) });
    const document = this.#read(file.text, { ...this.#context, path: file.path, origin: file.origin ?? inOwnFile }, session);
    for (const error of document.errors) this.#errors.push({ ...error, span });
    for (const inner of document.includes) this.#includes.push({ ...inner, span });
    for (const inner of document.variables) this.#variables.push({ ...inner, span });
    for (const node of document.referenced) this.#referenced.add(node);
    const { incomplete } = document.root;
    return { root: document.root, ...(incomplete === undefined ? {} : { incomplete }) };
  }
}

/** What a key defines, as it stands where a reference asks for it. */
export function referred(node: Node, reference: Origin): Node {
  const { key: _, ...definition } = node.origin;
  const key = definition.path === reference.path ? reference.key : undefined;
  const via = [{ kind: "anchor", path: reference.path, span: reference.span } as const, ...(node.origin.via ?? [])];
  return { ...node, origin: { ...definition, ...(key === undefined ? {} : { key }), via } };
}

/** A reference whose value is not had. Its name is told on only where it is one: it may be a hash in the wrong place. */
export function unresolved(because: string, name: string, origin: Origin): Node {
  const spelling = { text: `$${name}`, style: "plain", conf: "bare" } as const;
  return { ...unknown(because, origin, /^[A-Za-z_][A-Za-z0-9_]{0,60}$/.test(name) ? `variable ${name}` : undefined), spelling };
}
