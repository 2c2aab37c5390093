// Which findings a pull request is told about.
import { describe, expect, test } from "vitest";
import type { Finding } from "../../../service/finding/finding.ts";
import type { ChangedFile } from "../../../service/report/pull-request/changed-file.ts";
import { findingsInScope } from "../../../service/report/pull-request/scope.ts";
import type { Report } from "../../../service/report/report.ts";
import { finding } from "./samples.ts";

const report = (...findings: Finding[]): Report => ({ findings, files: [], failing: [], frames: new Map() });
const changed = (over: Partial<ChangedFile> = {}): ChangedFile => ({
  path: "values.yaml",
  status: "modified",
  patch: "@@ -3,2 +3,3 @@\n three\n+four\n five",
  ...over,
});
const old = finding({ line: 40, fingerprint: "old" });
const suppressed = { reason: "known", until: null };

describe("a finding", () => {
  test.each([
    ["that was there and is left alone is not told", old, old, [changed()], false],
    ["that is new is told, wherever it stands", old, null, [changed()], true],
    ["that was there, on a line that is written now, is told", finding(), finding(), [changed()], true],
    ["that was there, on a line that the diff only shows, is not told", finding({ line: 3 }), finding({ line: 3 }), [changed()], false],
    [
      "that was there and names a line that is written now is told",
      finding({ line: 40, related: [{ ...finding(), message: "overridden" }] }),
      finding({ line: 40 }),
      [changed()],
      true,
    ],
    ["that was there, in a file too large for a diff, is told", old, old, [changed({ patch: null })], true],
    ["that was suppressed and is not any more is told", old, { ...old, suppressed }, [changed()], true],
    ["that was there and is suppressed now is not told", { ...old, suppressed }, old, [changed()], false],
    [
      "that came along in a rename is not told",
      finding({ line: 40, fingerprint: "new" }),
      finding({ line: 38, path: "old.yaml" }),
      [changed({ status: "renamed", previousPath: "old.yaml" })],
      false,
    ],
    [
      "that came along in a pure rename is not told",
      finding({ line: 40, fingerprint: "new" }),
      finding({ line: 38, path: "old.yaml" }),
      [changed({ status: "renamed", previousPath: "old.yaml", patch: null })],
      false,
    ],
    [
      "that is new in a renamed file is told",
      finding({ line: 40, fingerprint: "new" }),
      null,
      [changed({ status: "renamed", previousPath: "old.yaml" })],
      true,
    ],
  ] as const)("%s", (_, head, base, files, isTold) =>
    expect(findingsInScope(report(head), report(...(base === null ? [] : [base])), files, "changed")).toEqual(isTold ? [head] : []),
  );

  test("that is one more of its kind is told", () =>
    expect(findingsInScope(report(old, { ...old, start: { line: 50, column: 1 } }), report(old), [changed()], "changed")).toHaveLength(1));
  test("is told in any case where all are asked for", () => expect(findingsInScope(report(old), report(old), [], "all")).toEqual([old]));
  test("is told where nothing is known of the base", () => expect(findingsInScope(report(old), null, [], "changed")).toEqual([old]));
});
