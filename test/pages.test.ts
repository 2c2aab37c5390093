// Executes every example of every page and of every file of cases, as a user's files would be.
import { describe, expect, test } from "vitest";
import type { Finding } from "../service/finding/finding.ts";
import { lint } from "../service/lint.ts";
import { plainLine } from "../service/report/text.ts";
import { Lines, type Position } from "../service/source/position.ts";
import type { Source } from "../service/source/source.ts";
import { exampleFiles } from "../tools/example-files.ts";
import { root } from "../tools/opa.ts";
import type { Example } from "../tools/page-examples.ts";
import { readPages } from "../tools/rule-page.ts";
import { testEngine } from "./engine.ts";

const engine = await testEngine();
const accept = (rule: string): string => `the report is not what lint says: run npm run accept ${rule}, and read the diff`;

for (const file of exampleFiles(root, readPages(root).pages)) {
  describe(file.path, () => {
    test("has examples that can be read", () => {
      expect(file.problems).toEqual([]);
      expect(engine.rules.has(file.rule), `${file.rule} is no rule`).toBe(true);
    });

    for (const example of file.examples) {
      test(`${example.kind}: ${example.title}, line ${example.line}`, () => {
        const { findings } = lint(example.sources, example.settings, engine, example);
        expect(misplaced(findings, example.sources), "findings lie in their files").toEqual([]);
        judge(
          example,
          findings.filter((one) => one.suppressed === null),
          file.rule,
        );
      });
    }
  });
}

/** Places of findings, and beside them, that are no stretch of their file's text. */
function misplaced(findings: readonly Finding[], sources: readonly Source[]): readonly string[] {
  return findings.flatMap((finding) =>
    [finding, ...finding.related].flatMap(({ path, start, end }) => {
      const lines = new Lines(sources.find((source) => source.path === path)?.text ?? "");
      const fits = ({ line, column }: Position): boolean => line >= 1 && line <= lines.count && column >= 1 && column <= lines.text(line).length + 1;
      const forwards = start.line < end.line || (start.line === end.line && start.column <= end.column);
      return fits(start) && fits(end) && forwards ? [] : [`${finding.rule.id} at ${path}: ${JSON.stringify([start, end])}`];
    }),
  );
}

/** A page is about one rule: what others say of its examples is not asked. */
function judge({ kind, report }: Example, findings: readonly Finding[], rule: string): void {
  const lines = findings.filter((one) => one.rule.id === rule).map(plainLine);
  if (kind === "wrong") {
    expect(lines.length, `${rule} says nothing about what is wrong here`).toBeGreaterThan(0);
    expect(lines, accept(rule)).toEqual(report ?? []);
  } else if (kind === "right") {
    expect(lines, "what is right has no findings").toEqual([]);
    expect(report ?? [], "what is right has no report").toEqual([]);
  } else if (kind === "silent") expect(lines, `${rule} has to be silent here`).toEqual([]);
  else expect(lines, accept(rule)).toEqual(report ?? []);
}
