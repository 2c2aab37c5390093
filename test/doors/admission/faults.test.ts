// docs/admission-faults.md says where each fault is tried: held against the names of the tests.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root } from "../../../tools/opa.ts";

const rows = [...readFileSync(join(root, "docs/admission-faults.md"), "utf8").matchAll(/^\| (\d+)(?:-(\d+))? \| (.+?) \| (.+?) \|$/gm)].map(
  ([, from = "", to = from, fault = "", where = ""]) => ({ from: Number(from), to: Number(to), fault, where }),
);

test("every line from 1 to 66 stands in the table once, in order", () => {
  const lines = rows.flatMap(({ from, to }) => Array.from({ length: to - from + 1 }, (_, index) => from + index));
  expect(lines).toEqual(Array.from({ length: 66 }, (_, index) => index + 1));
});

test.each(rows.filter(({ where }) => where.endsWith(".ts")))("line $from, $fault: the tests are there", ({ from, where }) => {
  for (const path of where.split(", ")) {
    expect(existsSync(join(root, path)), path).toBe(true);
    expect(readFileSync(join(root, path), "utf8")).toMatch(new RegExp(`["'\`]${from} `));
  }
});
