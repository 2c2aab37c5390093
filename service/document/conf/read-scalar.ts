// What servers make of a text that a template prints unquoted into a nats.conf. Says how it reads, never what it says.

import { compareVersions, dialectOf, switches, type Version } from "./dialect.ts";
import { walk } from "./grammar.ts";
import type { Sink } from "./sink.ts";

/**
 * - `vanishes`: the pair is dropped without a word.
 * - `split`: the value ends early, and the rest is read as further keys.
 * - `error`: the server refuses the configuration.
 */
export type Reads = "string" | "integer" | "float" | "boolean" | "date" | "variable" | "list" | "map" | "error" | "vanishes" | "split";

export interface Reading {
  readonly reads: Reads;
  /** A string, and exactly the text. */
  readonly same: boolean;
}

/** A reading by a version and those behind it, up to the next in the list. */
export interface VersionReading extends Reading {
  readonly from: Version;
}

/** Reads a text as the value of a key, bare, in a map that goes on behind it; as the newest version when none is given. */
export function lexScalar(text: string, version?: Version): Reading {
  const lead = "m {\nk: ";
  const sink = oneValue(lead.length + text.length);
  walk(`${lead}${text}\n}\n`, dialectOf(version), sink, { depth: 0 });
  const { reads, value } = sink.found();
  return { reads, same: reads === "string" && value === text };
}

/** All readings of the versions between two, both included; neighbours that agree are one. By default 1.0.0 to the newest. */
export function readings(text: string, from: Version = switches[0] ?? [0], to?: Version): readonly VersionReading[] {
  const found: VersionReading[] = [];
  const behind = switches.filter((one) => compareVersions(one, from) > 0 && (to === undefined || compareVersions(one, to) <= 0));
  for (const version of [from, ...behind]) {
    const reading = lexScalar(text, version);
    const last = found.at(-1);
    if (last?.reads !== reading.reads || last.same !== reading.same) found.push({ from: version, ...reading });
  }
  return found;
}

/** The oldest version that may run where none is known. */
const oldest: Version = [2, 9, 0];

/**
 * The reading by a version; by the worst of those that may run when it is not known. `refused` names in words the versions
 * from 2.9.0 on that do not read the text as it stands, and is empty when all do.
 */
export function readingOf(text: string, version?: Version): Reading & { readonly refused: string } {
  const all = readings(text, oldest);
  const worst = all.find(({ reads }) => reads === "error") ?? all.find(({ same }) => !same) ?? all[0];
  const { reads, same } = version === undefined && worst !== undefined ? worst : lexScalar(text, version);
  return { reads, same, refused: inWords(all) };
}

function inWords(all: readonly VersionReading[]): string {
  const parts = all.flatMap(({ from, same }, index) => {
    if (same || all[index - 1]?.same === false) return [];
    const next = all.slice(index + 1).find((later) => later.same)?.from;
    if (index === 0) return [next === undefined ? "all" : `before ${next.join(".")}`];
    if (next === undefined) return [`from ${from.join(".")}`];
    const single = next.slice(0, -1).join() === from.slice(0, -1).join() && next.at(-1) === (from.at(-1) ?? 0) + 1;
    return [single ? `in ${from.join(".")}` : `from ${from.join(".")} before ${next.join(".")}`];
  });
  return parts.join(" and ");
}

/** A sink that waits for the value of `k` in the map `m`, which is all that a text up to `end` may be. */
function oneValue(end: number): Sink & { readonly found: () => { readonly reads: Reads; readonly value: unknown } } {
  let reads: Reads = "vanishes";
  let value: unknown;
  let keys = 0;
  let open = 0;
  // The worst wins: what comes first, then that there is more, then that none of it is read.
  const is = (found: Reads, what?: unknown): void => {
    if (open !== 1 || reads !== "vanishes") return;
    reads = found;
    value = what;
  };
  const split = (): void => {
    if (reads !== "error") reads = "split";
  };
  return {
    found: () => ({ reads, value }),
    key: () => {
      keys += 1;
      if (open === 0 ? keys > 1 : open === 1 && keys > 2) split();
    },
    value: (lexeme) => is(lexeme.type ?? (typeof lexeme.value === "boolean" ? "boolean" : "string"), lexeme.value),
    // A hash of this spelling is no variable, alone of all that start with a dollar.
    reference: (name) => (name.startsWith("2a$") ? is("string", `$${name}`) : is("variable")),
    unreadable: () => {},
    dropped: () => {},
    valueless: () => {},
    include: split,
    open: (kind) => {
      if (open > 0) is(kind);
      open += 1;
    },
    close: (at) => {
      open -= 1;
      if (open === 0 && at <= end) split();
    },
    report: ({ kind }) => {
      if (kind === "syntax" || kind === "value") reads = "error";
    },
  };
}
