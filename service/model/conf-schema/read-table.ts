// Reads the tables of keys: lines of `spellings  type  since  deprecated instead`, in columns two blanks or more apart.
//
// - `[block]` opens a block, `[]` the top level. `as other` takes over another block's keys. In a `strict` block no helper
//   key may stand for variables; in an `exact` one case counts; a `lax` one ignores keys that it does not know.
// - The first spelling is the one to recommend; `(old)` is deprecated, `new@2.2.0` came later than the others.
// - `since` is the first version; `2.11.11,2.12.2` a version of an older line and the first of a newer one; `-` is none.

import { compareParts } from "../versions.ts";

export type Type =
  /** `int` and `quoted-duration` may have bounds; durations in seconds. */
  | { readonly kind: "plain"; readonly of: string; readonly least?: number; readonly most?: number; readonly bounds?: string }
  | { readonly kind: "word"; readonly words: readonly string[]; readonly anyCase: boolean }
  /** `written`: in the file itself, not in a variable of the environment. */
  | { readonly kind: "list"; readonly of: readonly Type[]; readonly written: boolean; readonly filled: boolean }
  | { readonly kind: "map"; readonly of: readonly Type[] }
  | { readonly kind: "block"; readonly block: string }
  | { readonly kind: "refused"; readonly because: string };

export interface Key {
  /** The spelling to recommend. */
  readonly name: string;
  /** Alternatives. */
  readonly type: readonly Type[];
  readonly deprecated?: { readonly since: readonly number[]; readonly instead: string };
}

export interface Spelling {
  readonly key: Key;
  /** The first version of each line of releases that knows it; empty: all do. */
  readonly since: readonly (readonly number[])[];
  readonly deprecated: boolean;
}

export interface Block {
  readonly spellings: ReadonlyMap<string, Spelling>;
  readonly strict: boolean;
  readonly exact: boolean;
  readonly lax: boolean;
}

export type Table = ReadonlyMap<string, Block>;

/** All blocks of some tables, by name; the top level has none. */
export function readTables(...texts: readonly string[]): Table {
  const blocks = new Map<string, { spellings: Map<string, Spelling>; strict: boolean; exact: boolean; lax: boolean }>();
  let open = "";
  for (const line of texts.flatMap((text) => text.split("\n")).filter((one) => one !== "")) {
    const head = /^\[(\w*)\]((?: \w+)*)$/.exec(line);
    if (head === null) {
      readLine(line, blocks.get(open)?.spellings);
      continue;
    }
    open = head[1] ?? "";
    const traits = (head[2] ?? "").trim().split(" ");
    const base = traits.includes("as") ? blocks.get(traits.at(-1) ?? "") : undefined;
    const has = (trait: string): boolean => traits.includes(trait);
    blocks.set(open, { spellings: new Map(base?.spellings), strict: has("strict"), exact: has("exact"), lax: has("lax") });
  }
  return blocks;
}

function readLine(line: string, into: Map<string, Spelling> | undefined): void {
  const [names = "", type = "", since = "-", note = ""] = line.split(/ {2,}/);
  const spellings = names.split(",").map((one) => {
    const [, open, name = "", from] = /^(\(?)(\w+)(?:@([\d.]+))?\)?$/.exec(one) ?? [];
    return { name, deprecated: open === "(", since: versions(from ?? since) };
  });
  const old = /^deprecated(?:@([\d.]+))? (.*)$/.exec(note);
  const key: Key = {
    name: spellings[0]?.name ?? "",
    type: readType(type),
    ...(old !== null && { deprecated: { since: versions(old[1] ?? "0")[0] ?? [], instead: old[2] ?? "" } }),
  };
  for (const { name, ...spelling } of spellings) into?.set(name, { key, ...spelling });
}

function versions(text: string): readonly (readonly number[])[] {
  return text === "-" || text === "" ? [] : text.split(",").map((one) => one.split(".").map(Number));
}

function readType(text: string): readonly Type[] {
  if (text.startsWith("refused ")) return [{ kind: "refused", because: text.slice("refused ".length) }];
  // What stands in parentheses belongs together.
  return text.split(/ or (?![^(]*\))/).map(readOne);
}

function readOne(text: string): Type {
  const list = /^(written |filled )?list of (.*)$/.exec(text);
  if (list !== null) return { kind: "list", of: [readOne(list[2] ?? "")], written: list[1] === "written ", filled: list[1] === "filled " };
  const map = /^map of \(?(.*?)\)?$/.exec(text);
  if (map !== null) return { kind: "map", of: readType(map[1] ?? "") };
  const block = /^\{(\w+)\}$/.exec(text);
  if (block !== null) return { kind: "block", block: block[1] ?? "" };
  const [of = "", rest] = text.split(/ (.*)/s);
  if (of === "word" || of === "anycase") return { kind: "word", words: (rest ?? "").split("|"), anyCase: of === "anycase" };
  if (of === "filled") return { kind: "plain", of: "filled-string" };
  const [least, most] = (rest ?? "..").split("..").map((one) => one.replace(/s$/, ""));
  return {
    kind: "plain",
    of,
    ...(least !== undefined && least !== "" && { least: Number(least) }),
    ...(most !== undefined && most !== "" && { most: Number(most) }),
    ...(rest !== undefined && { bounds: rest }),
  };
}

/**
 * Does a version know what came with these? Of several lines of releases each has its own first version: one of 2.12
 * before 2.12.2 does not know what came with 2.11.11 and 2.12.2.
 */
export function knows(since: readonly (readonly number[])[], version: readonly number[]): boolean {
  if (since.length === 0) return true;
  const line = since.find((one) => one[0] === version[0] && one[1] === version[1]);
  const newest = since.at(-1) ?? [];
  return compareParts(version, line ?? newest) >= 0;
}
