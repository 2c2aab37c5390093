// Where a comment may stand: GitHub refuses a whole review for one anchor outside the diff.
import { expect, test } from "vitest";
import { hunksOf, linesInOneHunk } from "../../../service/report/pull-request/changed-file.ts";
import { desiredOf } from "../../../service/report/pull-request/desired.ts";
import type { Finding } from "../../../service/finding/finding.ts";
import { frameKey } from "../../../service/finding/finding.ts";
import { finding, HEAD } from "./samples.ts";

const PATCH = [
  "@@ -2,4 +2,5 @@ config:",
  " two",
  "-three",
  "+drei",
  "+dreieinhalb",
  " four",
  " five",
  "@@ -20,3 +21,3 @@",
  " @@ -1 +1 @@",
  "-old",
  "+@@ -5,5 +5,5 @@ no head",
  " last",
  "\\ No newline at end of file",
].join("\n");

const shown = (patch: string | null): string[][] => hunksOf(patch).map((hunk) => hunk.map(({ line, text, isAdded }) => `${line}${isAdded ? "+" : " "}${text}`));

test("a patch is read as the lines of the head", () =>
  expect(shown(PATCH)).toEqual([
    ["2 two", "3+drei", "4+dreieinhalb", "5 four", "6 five"],
    ["21 @@ -1 +1 @@", "22+@@ -5,5 +5,5 @@ no head", "23 last"],
  ]));

test.each([
  ["without counts", "@@ -1 +1 @@\n-a\n+b", [["1+b"]]],
  ["of a new file", "@@ -0,0 +1,2 @@\n+a\n+b", [["1+a", "2+b"]]],
  ["that only deletes", "@@ -1,2 +0,0 @@\n-a\n-b", [[]]],
  ["with CRLF", "@@ -1 +1 @@\n-a\r\n+b\r", [["1+b\r"]]],
  ["with an empty context line that lost its blank", "@@ -1,3 +1,3 @@\n a\n\n-b\n+c", [["1 a", "2 ", "3+c"]]],
  ["cut off", "@@ -1,9 +1,9 @@\n a\n+b", [["1 a", "2+b"]]],
  ["of no text", null, []],
  ["that is empty", "", []],
])("a patch %s", (_, patch, lines) => expect(shown(patch)).toEqual(lines));

test.each([
  ["the first line of a hunk", 2, 2, true],
  ["the last line of a hunk", 6, 6, true],
  ["a context line", 5, 5, true],
  ["a range in one hunk", 2, 6, true],
  ["the line before a hunk", 1, 1, false],
  ["between hunks", 7, 7, false],
  ["a range over two hunks", 6, 21, false],
  ["a range that leaves its hunk", 5, 7, false],
  ["line 0", 0, 0, false],
  ["a range backwards", 5, 3, false],
  ["beyond the file", 99, 99, false],
])("%s", (_, first, last, may) => expect(linesInOneHunk(hunksOf(PATCH), first, last) !== null).toBe(may));

const file = { path: "values.yaml", status: "modified", patch: PATCH } as const;
const placed = (one: Finding, over: object = {}): unknown =>
  desiredOf({
    headSha: HEAD,
    report: { findings: [one], files: [], failing: [], frames: new Map() },
    findings: [one],
    files: [{ ...file, ...over }],
    proven: new Set(),
    isComplete: true,
    notes: [],
    version: "0.1.0",
  }).findings[0]?.place;

test("one line needs no first line", () => expect(placed(finding({ line: 3 }))).toEqual({ kind: "inline", line: 3, startLine: null }));
test("several lines have a first one", () =>
  expect(placed(finding({ line: 3, end: { line: 5, column: 2 } }))).toEqual({ kind: "inline", line: 5, startLine: 3 }));
test("an end before the first column is the line before", () =>
  expect(placed(finding({ line: 3, end: { line: 4, column: 1 } }))).toEqual({ kind: "inline", line: 3, startLine: null }));
test("a range over two hunks is told at its first line", () =>
  expect(placed(finding({ line: 6, end: { line: 21, column: 2 } }))).toEqual({ kind: "inline", line: 6, startLine: null }));
test("a line that the diff does not show is told on the file", () => expect(placed(finding({ line: 9 }))).toEqual({ kind: "file" }));
test.each([
  ["another file", { path: "other.yaml" }],
  ["a removed file", { status: "removed" }],
  ["a file without a patch", { patch: null }],
])("%s: in the summary", (_, over) => expect(placed(finding({ line: 3 }), over)).toEqual({ kind: "summary" }));
test("a path that holds a secret is sent nowhere", () => {
  const path = `deploy/SUAM${"A".repeat(54)}.yaml`;
  expect(placed(finding({ line: 3, path }), { path })).toEqual({ kind: "summary" });
});

const offered = (text: string, over: Partial<Finding> = {}, frame = text, patchText = text, proven = ["f0"]): unknown => {
  const one = finding({ line: 1, fix: { replacement: "3", start: { line: 1, column: 11 }, end: { line: 1, column: 12 } }, ...over });
  return desiredOf({
    headSha: HEAD,
    report: { findings: [one], files: [], failing: [], frames: new Map([[frameKey("values.yaml", 1), frame]]) },
    findings: [one],
    files: [{ ...file, patch: `@@ -1 +1 @@\n-old\n+${patchText}` }],
    proven: new Set(proven),
    isComplete: true,
    notes: [],
    version: "0.1.0",
  }).findings[0]?.suggestion;
};

test("a suggestion is the whole line with the fix in it", () => expect(offered("replicas: 2 # two")).toBe("replicas: 3 # two"));
test.each([
  ["the line is hidden in part", offered("replicas: 2 # password: geheim", {}, "replicas: 2 # password: ********")],
  ["the line is another than was linted", offered("replicas: 2", {}, "replicas: 2", "replicas: 4")],
  ["the line ends with CR", offered("replicas: 2", {}, "replicas: 2", "replicas: 2\r")],
  ["the fix is not proven", offered("replicas: 2", {}, "replicas: 2", "replicas: 2", [])],
  ["nothing would change", offered("replicas: 3")],
  ["the line turns the direction of writing", offered("replicas: 2 # \u202eab")],
  ["the line holds what looks like a secret", offered(`replicas: 2 # SUAM${"A".repeat(54)}`)],
  ["the fix is on another line", offered("replicas: 2", { fix: { replacement: "3", start: { line: 2, column: 1 }, end: { line: 2, column: 2 } } })],
])("none where %s", (_, suggestion) => expect(suggestion).toBeNull());
