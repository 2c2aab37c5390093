// What a pull request changes in one file, and where in it a comment may stand. GitHub refuses a whole review for one
// comment outside the diff and does not say which, so every anchor is checked here first.

/** One file of a pull request, as GitHub lists it. */
export interface ChangedFile {
  readonly path: string;
  /** Where it was before, when it was renamed. */
  readonly previousPath?: string;
  readonly status: "added" | "removed" | "modified" | "renamed" | "copied" | "changed" | "unchanged";
  /** The hunks of its diff; null for binary files, too large diffs and pure renames. */
  readonly patch: string | null;
}

/** A line as the head has it. */
export interface HunkLine {
  /** 1-based. */
  readonly line: number;
  /** Without LF; a CR in front of it is kept. */
  readonly text: string;
  readonly isAdded: boolean;
}

/** The lines of the head that one hunk shows, in their order; none where a hunk only deletes. */
export type Hunk = readonly HunkLine[];

/** Reads a patch. What stands in it decides nothing but by its first character, so text that looks like a hunk's head is text. */
export function hunksOf(patch: string | null): readonly Hunk[] {
  const hunks: HunkLine[][] = [];
  let line = 0;
  let left = { old: 0, new: 0 };
  for (const row of (patch ?? "").split("\n")) {
    const head = left.old <= 0 && left.new <= 0 ? /^@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(row) : null;
    if (head !== null) {
      left = { old: Number(head[1] ?? 1), new: Number(head[3] ?? 1) };
      line = Number(head[2]);
      hunks.push([]);
    } else if (left.old > 0 || left.new > 0) {
      const sign = row[0] ?? " ";
      if (sign === "\\") continue;
      if (sign !== "+") left.old--;
      if (sign === "-") continue;
      hunks.at(-1)?.push({ line: line++, text: row.slice(1), isAdded: sign === "+" });
      left.new--;
    }
  }
  return hunks;
}

/** The lines of the head from `first` to `last`, when one hunk shows them all; null where no comment may stand on them. */
export function linesInOneHunk(hunks: readonly Hunk[], first: number, last: number): readonly HunkLine[] | null {
  if (first < 1 || last < first) return null;
  for (const hunk of hunks) {
    const found = hunk.filter(({ line }) => line >= first && line <= last);
    if (found.length === last - first + 1) return found;
  }
  return null;
}
