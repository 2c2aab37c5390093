// Reads a nats.conf: any text gives a tree and what is wrong with it. Throws for none, reads no files, asks for all it needs.

import type { ConfContext, ConfDocument } from "./conf-document.ts";
import { dialectOf, refusesDigitAfterSuffix, skipsOuterBraces, type Version, type VersionRange } from "./dialect.ts";
import { walk } from "./grammar.ts";
import { holed } from "./holed.ts";
import { Outside } from "./outside.ts";
import type { Problem } from "./problem.ts";
import { Session } from "./session.ts";
import { FirstProblem } from "./sink.ts";
import { Tree } from "./tree.ts";

export type { ConfContext, ConfDocument } from "./conf-document.ts";
export type { ConfError } from "./problem.ts";

/** Everything a conf says. After an error it goes on at the next line where it can, so one typo does not hide the rest. */
export function readConf(text: string, context: ConfContext): ConfDocument {
  return readText(text, context, new Session(context.path));
}

function readText(text: string, context: ConfContext, session: Session): ConfDocument {
  const { depth } = session;
  const build = (how: Parameters<typeof walk>[3]): { readonly tree: Tree; readonly outside: Outside } => {
    const outside = new Outside(context, session, readText);
    const tree = new Tree(text, context, session, outside);
    walk(text, dialectOf(context.version), tree, how);
    return { tree, outside };
  };
  // Most texts are right, and built as they are read for the first time; not those that make others be read.
  const early = /[\s:=[,]\$|include/i.test(text) ? undefined : build({ depth });
  const first = early === undefined ? firstProblem(text, context.version, depth) : early.tree.errors.find(({ kind }) => kind === "syntax");
  // Only a text that a server refuses is guessed at; one that it takes is read to the letter.
  const mended = first === undefined ? { depth } : { depth, mend: { unclosed: first.unclosed === true } };
  const { tree, outside } = first === undefined && early !== undefined ? early : build(mended);
  if (first !== undefined && !tree.errors.some((error) => error.kind === "syntax")) tree.report(first);
  const read = tree.root(text.length);
  for (const problem of remarks(text, context, read.entries.size === 0, first === undefined)) tree.report(problem);
  if (first === undefined && context.version === undefined) {
    const older = refusedByOlder(text, depth);
    if (older !== undefined) tree.report(older);
  }
  const errors = [...tree.errors, ...outside.errors].toSorted((one, other) => one.span.start - other.span.start);
  const { includes, referenced, variables } = outside;
  const broken = first === undefined ? undefined : errors.find(({ kind }) => kind === "syntax");
  const root = broken === undefined ? read : holed(read, broken.origin);
  return { root, errors, includes, variables, referenced, overridden: tree.overridden };
}

/** What makes a server of a version refuse the text, if anything does. */
function firstProblem(text: string, version: Version | undefined, depth: number): Problem | undefined {
  const sink = new FirstProblem();
  walk(text, dialectOf(version), sink, { depth });
  return sink.first;
}

function* remarks(text: string, context: ConfContext, empty: boolean, taken: boolean): Generator<Problem> {
  const nul = text.indexOf("\0");
  if (text.startsWith("\uFEFF")) {
    const message = "A byte order mark opens the text, and the server takes it for a part of the first key";
    yield { kind: "lost", message, span: { start: 0, end: 1 } };
  }
  if (taken && nul >= 0) {
    yield { kind: "lost", message: "A NUL character stands here, which ends what is before it", span: { start: nul, end: nul + 1 } };
  }
  if (empty && taken && dialectOf(context.version).pairRequired) {
    yield { kind: "syntax", message: "The configuration is empty, which this version refuses", span: { start: 0, end: 0 } };
  }
}

interface Older {
  readonly version: Version;
  readonly versions: readonly VersionRange[];
  readonly message: string;
  /** What a text needs to have for it; a cheap test, so that most texts are not read once more. */
  readonly sign: RegExp;
}

const older: readonly Older[] = [
  {
    sign: /[0-9][kmgtpe][bi]*\p{Nd}/iu,
    version: [2, 14, 7],
    versions: refusesDigitAfterSuffix,
    message: "A digit behind a size letter, unquoted, is a parse error before 2.14.8 and in 2.15.0",
  },
  {
    sign: /^\s*(?:(?:#|\/\/)[^\n]*\n\s*)*\{/,
    version: [2, 10, 15],
    versions: skipsOuterBraces,
    message: "What follows the braces around the configuration is a parse error before 2.10.16",
  },
];

function refusedByOlder(text: string, depth: number): Problem | undefined {
  for (const { message, sign, version, versions } of older) {
    const problem = sign.test(text) && firstProblem(text, version, depth);
    if (problem) return { kind: "dialect", message, versions, span: problem.span };
  }
  return undefined;
}
