// Workflow commands: byte for byte what @actions/core prints, and nothing in a finding ends or begins a command.
import { issueCommand } from "@actions/core/lib/command.js";
import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { annotations, command, PER_LEVEL } from "../../service/doors/action/workflow-commands.ts";
import type { Finding } from "../../service/finding/finding.ts";
import { testKnowledge } from "../engine.ts";

const rule = [...testKnowledge().rules.values()][0];
if (rule === undefined) throw new Error("the catalogue is empty");

function finding(given: Partial<Finding> = {}): Finding {
  return {
    rule,
    severity: "error",
    message: "a sentence",
    path: "values.yaml",
    start: { line: 5, column: 15 },
    end: { line: 5, column: 16 },
    at: [],
    related: [],
    environments: [],
    fingerprint: "f",
    suppressed: null,
    ...given,
  } as Finding;
}

/** What @actions/core prints for the same. */
function core(name: string, properties: Record<string, string>, message: string): string {
  const write = vi.spyOn(process.stdout, "write").mockReturnValue(true);
  try {
    issueCommand(name, properties, message);
    return write.mock.calls
      .map(([text]) => String(text))
      .join("")
      .replace(/\n$/, "");
  } finally {
    write.mockRestore();
  }
}

test("commands are those of @actions/core", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "binary" }),
      fc.string({ unit: "binary", minLength: 1 }),
      fc.string({ unit: fc.constantFrom("%", ":", ",", "\n", "\r", "a", "=") }),
      (message, title, file) => {
        expect(command("error", { title, file }, message)).toBe(core("error", { title, file }, message));
      },
    ),
    { numRuns: 200 },
  );
});

describe("annotations", () => {
  test("are ten of each level, and the rest is counted", () => {
    const many = (severity: Finding["severity"], count: number): Finding[] => Array.from({ length: count }, () => finding({ severity }));
    const { lines, left } = annotations([...many("error", 12), ...many("warning", 3), ...many("info", 11)]);
    expect([lines.length, left]).toEqual([10 + 3 + 10, 3]);
    expect(lines.filter((line) => line.startsWith("::error ")).length).toBe(PER_LEVEL);
  });

  test("whatever a message or a path holds, one finding is one line that begins with its own command", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary", maxLength: 200 }),
        fc.string({ unit: fc.constantFrom(..."::error %0A\n\r,;=a"), minLength: 1 }),
        (message, path) => {
          const { lines } = annotations([finding({ message, path })]);
          expect(lines).toHaveLength(1);
          expect(lines[0]).toMatch(/^::error title=natslint%3A [\w-]+,[^\n\r]*$/);
        },
      ),
    );
  });

  test("are cut at what the runner takes, and never inside a character", () => {
    const { lines } = annotations([finding({ message: "m", environments: ["😀".repeat(4_000)] })]);
    const message = lines[0]?.replace(/^::error [^:]*::/, "") ?? "";
    expect(message.replaceAll("%0A", "\n").length).toBeLessThanOrEqual(4_096);
    expect(message.isWellFormed()).toBe(true);
  });

  test("name columns only on one line, and no path that holds a secret", () => {
    expect(annotations([finding({ start: { line: 1, column: 3 }, end: { line: 4, column: 2 } })]).lines[0]).toContain("file=values.yaml,line=1,endLine=4::");
    const secret = `ghp_${"a".repeat(36)}`;
    expect(annotations([finding({ path: `${secret}.yaml`, message: `it is ${secret}` })]).lines.join()).not.toContain(secret);
  });
});
