// The check of a commit: what it concludes, and what GitHub takes of it.
import { describe, expect, test } from "vitest";
import { checkRun, failedCheck, supersededCheck } from "../../../service/report/pull-request/check-run.ts";
import { desired, finding, rule, wanted } from "./samples.ts";

const usual = { acknowledged: 0, fault: null, onError: "fail", canCommit: false } as const;

describe("the conclusion", () => {
  test.each([
    ["success without findings", desired([]), {}, "success", "all clear"],
    ["success without anything to lint", desired([], { linted: 0 }), {}, "success", "nothing to lint"],
    ["failure for what fails", desired([wanted(finding())]), {}, "failure", "1 finding to fix"],
    ["success for what does not", desired([wanted(finding({ severity: "warning" }))]), {}, "success", "1 finding, none of which fails the check"],
    ["failure when natslint failed", desired([]), { fault: "a file took too long" }, "failure", "natslint failed"],
    ["neutral when natslint failed, where that is set", desired([]), { fault: "a file took too long", onError: "neutral" }, "neutral", "natslint failed"],
    [
      "failure for what fails, whatever else failed",
      desired([wanted(finding())]),
      { fault: "a file took too long", onError: "neutral" },
      "failure",
      "1 finding to fix",
    ],
  ] as const)("is %s", (_, wish, over, conclusion, title) => {
    const check = checkRun(wish, { ...usual, ...over });
    expect(check.conclusion).toBe(conclusion);
    expect(check.output.title).toBe(title);
    expect(check.output.summary).not.toBe("");
  });

  test("of a commit that is not the head any more", () => expect(supersededCheck("the head moved").conclusion).toBe("cancelled"));
  test.each([
    ["fail", "failure"],
    ["neutral", "neutral"],
  ] as const)("of a commit that could not be linted, with on-error %s", (onError, conclusion) =>
    expect(failedCheck("out of memory", onError)).toMatchObject({ conclusion, output: { title: "natslint failed" } }),
  );
});

describe("annotations", () => {
  test.each([
    [0, []],
    [1, [1]],
    [50, [50]],
    [51, [50, 1]],
    [500, Array.from({ length: 10 }, () => 50)],
    [501, Array.from({ length: 10 }, () => 50)],
  ])("%i come in batches of fifty, five hundred at most", (count, sizes) => {
    const many = Array.from({ length: count }, (_, index) => wanted(finding({ fingerprint: `f${index}` })));
    const check = checkRun(desired(many), usual);
    expect(check.batches.map(({ length }) => length)).toEqual(sizes);
    expect(check.output.summary.includes("without an annotation")).toBe(count > 500);
  });

  test("have columns on one line only, the last inclusive", () => {
    const of = (over: Parameters<typeof finding>[0]): unknown => checkRun(desired([wanted(finding(over))]), usual).batches[0]?.[0];
    expect(of({})).toMatchObject({ start_line: 4, end_line: 4, start_column: 3, end_column: 8, annotation_level: "failure" });
    expect(of({ end: { line: 4, column: 3 } })).toMatchObject({ start_column: 3, end_column: 3 });
    expect(of({ end: { line: 6, column: 2 }, severity: "info" })).toEqual(expect.not.objectContaining({ start_column: 3 }));
  });

  test("are plain text with rule and page", () => {
    const [[one] = []] = checkRun(desired([wanted(finding({ rule: rule("r".repeat(300)), message: "a\n<b> @c \u202e" }))]), usual).batches;
    expect(one?.title).toHaveLength(120);
    expect(one?.message).toBe(
      `a <b> @c \ufffd (production)\n\nIt hurts.\nhttps://github.com/natslint/natslint/blob/main/rules/clustering/${"r".repeat(300)}.md`,
    );
  });
});

test("a button applies the fixes, where natslint may write and there are some", () => {
  const fixable = desired([wanted(finding(), undefined, { suggestion: "replicas: 3" })]);
  expect(checkRun(fixable, { ...usual, canCommit: true }).actions).toHaveLength(1);
  for (const { label, description, identifier } of checkRun(fixable, { ...usual, canCommit: true }).actions)
    expect([label.length <= 20, description.length <= 40, identifier.length <= 20]).toEqual([true, true, true]);
  expect(checkRun(fixable, usual).actions).toEqual([]);
  expect(checkRun(desired([wanted(finding())]), { ...usual, canCommit: true }).actions).toEqual([]);
});
