// How texts that a template prints without quotes are read, version by version.

import { describe, expect, it } from "vitest";
import { lexScalar, readingOf, readings } from "../../../service/document/conf/read-scalar.ts";

const history = (text: string, from?: readonly number[], to?: readonly number[]): string =>
  readings(text, from, to)
    .map((one) => `${one.from.join(".")} ${one.reads}${one.same ? " as written" : ""}`)
    .join(", ");

describe("readings", () => {
  it.each([
    ["secret", "1.0.0 string as written"],
    ["3xyz", "1.0.0 error, 2.0.0 string as written"],
    ["3k", "1.0.0 integer"],
    ["1t", "1.0.0 error, 2.0.0 string as written, 2.2.0 integer"],
    ["7Mx", "1.0.0 error, 2.9.0 string as written"],
    ["7e5tPass", "1.0.0 error, 2.0.0 string as written, 2.2.0 error, 2.14.8 string as written, 2.15.0 error, 2.15.1 string as written"],
  ])("of %j", (text, expected) => {
    expect(history(text)).toBe(expected);
  });

  it("keep to the versions asked for", () => {
    expect(history("7e5tPass", [2, 9, 10], [2, 14, 2])).toBe("2.9.10 error");
    expect(history("3xyz", [2, 9, 10])).toBe("2.9.10 string as written");
  });
});

describe("a printed text", () => {
  it.each([
    ["12345", "integer", false],
    ["-5", "integer", false],
    ["1.5", "float", false],
    ["1.2.3", "string", true],
    ["1.2.3a", "error", false],
    ["2020-01-02T03:04:05Z", "date", false],
    ["2024-abc", "error", false],
    ["On", "boolean", false],
    ["$x", "variable", false],
    ["$2a$11$x", "string", true],
    ["$2b$11$x", "variable", false],
    ["pa,ss", "split", false],
    ["pa ss", "error", false],
    ["pa}", "split", false],
    ["pa}ss", "error", false],
    ["pa]ss", "error", false],
    ["pa'ss", "error", false],
    ["pass'", "string", false],
    ["pa\\dss", "error", false],
    ["pa\\tss", "string", false],
    ["#pass", "string", true],
    ["//pa#ss", "string", true],
    ["x # y", "string", false],
    ['"12345"', "string", false],
    ["{a: b, c: d}", "map", false],
    ["[a, b]", "list", false],
    ["1kbb", "vanishes", false],
    ["", "vanishes", false],
    ["x\ny: z", "split", false],
    ["99999999999999999999", "error", false],
    ["(x", "error", false],
  ] as const)("%j is read as %s", (text, reads, same) => {
    expect(lexScalar(text)).toEqual({ reads, same });
  });
});

describe("the reading of a version that may not be known", () => {
  it.each([
    ["7e5tPass", undefined, { reads: "error", same: false, refused: "before 2.14.8 and in 2.15.0" }],
    ["7e5tPass", [2, 15, 1], { reads: "string", same: true, refused: "before 2.14.8 and in 2.15.0" }],
    ["7e5tPass", [2, 14, 2], { reads: "error", same: false, refused: "before 2.14.8 and in 2.15.0" }],
    ["3xyz", undefined, { reads: "string", same: true, refused: "" }],
    ["12345", undefined, { reads: "integer", same: false, refused: "all" }],
  ] as const)("%j by %j", (text, version, expected) => {
    expect(readingOf(text, version)).toEqual(expected);
  });
});
