// What a pull request changes, file by file, as GitHub lists it; and where in it a comment may stand.

import { diffArrays, structuredPatch } from "diff";
import type { GitObjects, TreeEntry } from "./git-objects.ts";

export interface FileDiff {
  readonly path: string;
  readonly previousPath: string | null;
  readonly status: "added" | "removed" | "modified" | "renamed" | "changed";
  readonly sha: string;
  readonly additions: number;
  readonly deletions: number;
  /** Null: binary, too large, or nothing but a name or a mode changed. */
  readonly patch: string | null;
  readonly hunks: readonly Hunk[];
}

/** The lines that a hunk shows: those of the head, and those that are gone. */
export interface Hunk {
  readonly text: string;
  readonly right: ReadonlySet<number>;
  readonly left: ReadonlySet<number>;
}

export interface Diffs {
  /** Sorted by path. */
  between(base: string, head: string): readonly FileDiff[];
  /** Where a line of a file of one commit is in another, unchanged; null when it is gone. 1-based. */
  movedLine(path: string, line: number, from: string, to: string): number | null;
}

const MOST_LINES = 20_000;
const MOST_BYTES = 500_000;

export function diffs(objects: GitObjects): Diffs {
  const known = new Map<string, readonly FileDiff[]>();
  const patches = new Map<string, Pick<FileDiff, "patch" | "hunks" | "additions" | "deletions">>();
  return { between, movedLine };

  function between(base: string, head: string): readonly FileDiff[] {
    const key = `${base} ${head}`;
    const found = known.get(key) ?? compare(objects.files(base) ?? new Map(), objects.files(head) ?? new Map());
    known.set(key, found);
    return found;
  }

  function compare(old: ReadonlyMap<string, TreeEntry>, now: ReadonlyMap<string, TreeEntry>): readonly FileDiff[] {
    const gone = new Map([...old].filter(([path]) => !now.has(path)));
    const list: FileDiff[] = [];
    for (const [path, entry] of now) {
      const before = old.get(path);
      if (before === undefined) {
        const from = renamedFrom(entry, gone);
        if (from !== null) gone.delete(from.path);
        list.push({ path, previousPath: from?.path ?? null, status: from === null ? "added" : "renamed", sha: entry.sha, ...patch(from, entry) });
      } else if (before.sha !== entry.sha || before.mode !== entry.mode) {
        list.push({ path, previousPath: null, status: before.sha === entry.sha ? "changed" : "modified", sha: entry.sha, ...patch(before, entry) });
      }
    }
    for (const [path, entry] of gone) list.push({ path, previousPath: null, status: "removed", sha: entry.sha, ...patch(entry, null) });
    return list.sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  /** As git: the same content, or at least half of its lines. */
  function renamedFrom(entry: TreeEntry, gone: ReadonlyMap<string, TreeEntry>): TreeEntry | null {
    for (const one of gone.values()) if (one.sha === entry.sha) return one;
    const lines = text(entry)?.split("\n") ?? [];
    for (const one of gone.values()) {
      const others = new Set(text(one)?.split("\n") ?? []);
      if (lines.length > 3 && lines.filter((line) => others.has(line)).length * 2 >= Math.max(lines.length, others.size)) return one;
    }
    return null;
  }

  function patch(old: TreeEntry | null, now: TreeEntry | null): Pick<FileDiff, "patch" | "hunks" | "additions" | "deletions"> {
    const key = `${old?.sha} ${now?.sha}`;
    const found = patches.get(key) ?? makePatch(old === null ? "" : text(old), now === null ? "" : text(now));
    patches.set(key, found);
    return found;
  }

  /** Null for what is not text. */
  function text({ sha, mode }: TreeEntry): string | null {
    if (mode === "160000") return `Subproject commit ${sha}\n`;
    const bytes = objects.blob(sha);
    return bytes === undefined || bytes.subarray(0, 8000).includes(0) ? null : bytes.toString("utf8");
  }

  function movedLine(path: string, line: number, from: string, to: string): number | null {
    const [old, now] = [from, to].map((commit) => objects.files(commit)?.get(path));
    const [before, after] = [old, now].map((entry) => (entry === undefined ? null : (text(entry)?.split("\n") ?? null)));
    if (before === null || before === undefined || after === null || after === undefined) return null;
    let at = { old: 1, new: 1 };
    for (const { added, removed, count } of diffArrays(before, after)) {
      if (!added && !removed && line >= at.old && line < at.old + count) return at.new + line - at.old;
      at = { old: at.old + (added ? 0 : count), new: at.new + (removed ? 0 : count) };
    }
    return null;
  }
}

function makePatch(old: string | null, now: string | null): Pick<FileDiff, "patch" | "hunks" | "additions" | "deletions"> {
  if (old === null || now === null || old === now) return { patch: null, hunks: [], additions: 0, deletions: 0 };
  const { hunks: found } = structuredPatch("", "", old, now, "", "", { context: 3 });
  const hunks = found.map((hunk) => readHunk(hunk, old.split("\n")));
  const all = found.flatMap(({ lines }) => lines);
  const count = (sign: string): number => all.filter((line) => line.startsWith(sign)).length;
  const whole = hunks.map((hunk) => hunk.text).join("\n");
  const isLarge = all.length > MOST_LINES || whole.length > MOST_BYTES;
  return { patch: isLarge ? null : whole, hunks: isLarge ? [] : hunks, additions: count("+"), deletions: count("-") };
}

function readHunk(
  hunk: { readonly oldStart: number; readonly oldLines: number; readonly newStart: number; readonly newLines: number; readonly lines: readonly string[] },
  old: readonly string[],
): Hunk {
  const right = new Set<number>();
  const left = new Set<number>();
  const at = { old: hunk.oldStart, new: hunk.newStart };
  for (const line of hunk.lines) {
    if (line.startsWith("-")) left.add(at.old++);
    else if (line.startsWith("+")) right.add(at.new++);
    else if (!line.startsWith("\\")) {
      right.add(at.new++);
      at.old++;
    }
  }
  const context = old.slice(0, Math.max(0, hunk.oldStart - 1)).findLast((line) => /^[A-Za-z_$]/.test(line));
  const head = `@@ -${range(hunk.oldStart, hunk.oldLines)} +${range(hunk.newStart, hunk.newLines)} @@`;
  return { text: [context === undefined ? head : `${head} ${context.slice(0, 80)}`, ...hunk.lines].join("\n"), right, left };
}

/** As git writes it: without the count of one line; the line before, when there is none. */
function range(start: number, lines: number): string {
  if (lines === 0) return `${start - 1},0`;
  return lines === 1 ? String(start) : `${start},${lines}`;
}
