// What the grammar and the tables of keys say of a server's configuration, each fault once.

import { at, type Node, type Origin } from "../document/node.ts";
import type { TextViolation } from "../document/violation.ts";
import type { AssembledServer } from "./kubernetes/assemble.ts";
import { type RootSchema, schemaOfNamed } from "./schema.ts";

interface Versions {
  readonly server: Said;
  /** The same server as other versions have it; null where one has none. */
  readonly others?: readonly ((schema: RootSchema) => { readonly server: Said } | null)[];
}

type Said = Pick<AssembledServer, "tree" | "confErrors" | "confSaid">;

/** The same, and where it is open which version of a chart writes the configuration, as all of them have it at one place. */
export function agreedConfViolations({ server, others = [] }: Versions, whole: boolean, schema: RootSchema): TextViolation[] {
  let said = confViolations(server, whole);
  for (const other of others) {
    if (said.length === 0) break;
    const theirs = other(schemaOfNamed(schema, SPELLING));
    const places = new Set(theirs === null ? [] : confViolations(theirs.server, whole).map(keyOf));
    said = said.filter((one) => places.has(keyOf(one)));
  }
  return said;
}

/** All of the model that is asked for here. */
const SPELLING: ReadonlySet<string> = new Set(["lexical"]);

function keyOf(one: TextViolation): string {
  const { path, span } = placeOf(one);
  return `${one.rule} ${path} ${span.start} ${span.end}`;
}

/**
 * What is wrong with a configuration's text and keys. Where a scalar's spelling is the fault, the rules about spelling speak,
 * but for `whole`, when only a refusal counts: what these rules say is none.
 */
function confViolations({ tree, confErrors, confSaid }: Said, whole: boolean): TextViolation[] {
  const said = confSaid();
  const spelled = whole ? [] : spelledIn(tree);
  const unknownKeys = said.filter(({ rule }) => rule === "conf-unknown-key");
  const errors = confErrors
    .filter(({ error }) => error.refused || error.kind === "lost")
    .filter(({ origin }) => !spelled.some((one) => holds(one, origin)))
    // A byte order mark makes a key that the server does not know, and so does what a brace in a value cuts off.
    .filter(({ error, origin }) => error.refused || !unknownKeys.some((one) => beginTogether(placeOf(one), origin)));
  const refused = errors.filter(({ error }) => error.refused);
  return [
    ...errors.map(({ error, origin }) => ({
      rule: error.kind === "unset" ? "conf-variable-undefined" : "conf-parse-error",
      ...(error.refused ? {} : { case: "lost" }),
      origin,
      facts: { problem: lowerFirst(error.message) },
    })),
    ...said
      .filter(({ rule, origin }) => rule !== "conf-type-mismatch" || !spelled.some((one) => beginTogether(one, origin)))
      .filter((one) => one.rule !== "conf-unknown-key" || !refused.some(({ origin }) => beginTogether(placeOf(one), origin))),
  ];
}

/** The values whose spelling the rules about spelling judge. */
function spelledIn(tree: Node): readonly Origin[] {
  const lexical = at(tree, "lexical");
  return lexical?.kind === "list" ? lexical.items.map((item) => item.origin) : [];
}

/** What is pointed at: the key or the value. */
function placeOf({ on, origin }: TextViolation): Origin {
  return on === "key" && origin.key !== undefined ? { ...origin, span: origin.key } : origin;
}

function holds(outer: Origin, inner: Origin): boolean {
  return outer.path === inner.path && outer.span.start <= inner.span.start && inner.span.end <= outer.span.end;
}

function beginTogether(one: Origin, other: Origin): boolean {
  return one.path === other.path && one.span.start === other.span.start;
}

/** A sentence as the second half of another. */
function lowerFirst(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}
