// `--set` and its like on natslint's own command line, as a layer above all files. Each flag is a text of its own name, with
// a line for each time it is given, so that a finding points into the command line.

import { scalar } from "../../document/node.ts";
import type { ReleaseSettings, SetFlag, Settings } from "../../settings/settings.ts";
import type { Source } from "../../source/source.ts";
import { type Assignment, readAssignments, type ReadAssignments, type SetKind } from "../wrappers/assignments.ts";
import type { Layer } from "../wrappers/installation.ts";

const KINDS: Readonly<Record<SetFlag["flag"], SetKind>> = { "--set-json": "json", "--set": "typed", "--set-string": "string", "--set-file": "string" };

/** The flags as texts that findings can point into. */
export function setSources(settings: Settings): Source[] {
  const texts = new Map<string, string[]>();
  for (const { flag, text } of settings.releases.flatMap((release) => release.sets ?? [])) texts.set(flag, [...(texts.get(flag) ?? []), text]);
  return [...texts].map(([path, all]) => ({ path, text: all.join("\n") }));
}

/** Is it the text of a flag, not a file? */
export function isSetSource(path: string): boolean {
  return path in KINDS;
}

/** What a flag sets; `offset` is where its text begins among those of its name. */
export function readSetFlag({ flag, text, contents }: SetFlag, offset = 0): ReadAssignments {
  const shift = ({ start, end }: { readonly start: number; readonly end: number }) => ({ start: start + offset, end: end + offset });
  const read = readAssignments(text, KINDS[flag], (span, key) => ({ path: flag, span: shift(span), key: shift(key), via: [{ kind: "command line", flag }] }));
  if ("problem" in read || contents === undefined) return read;
  const held = ({ path, value }: Assignment): Assignment => ({
    path,
    value: scalar(value.kind === "scalar" ? (contents[String(value.value)] ?? "") : null, value.origin),
  });
  return { assignments: read.assignments.map(held) };
}

/** The flags of a release as one layer. */
export function setLayers({ sets = [] }: ReleaseSettings): Layer[] {
  const offsets = new Map<string, number>();
  return sets.flatMap((one): Layer[] => {
    const offset = offsets.get(one.flag) ?? 0;
    offsets.set(one.flag, offset + one.text.length + 1);
    const read = readSetFlag(one, offset);
    return "problem" in read ? [] : [{ path: one.flag, assignments: read.assignments, isFile: false }];
  });
}
