// README.md says which test shows which failure: each test it names is there, and nothing of the specification is left out.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root } from "../../../tools/opa.ts";

const page = readFileSync(join(import.meta.dirname, "README.md"), "utf8");
const rows = [...page.matchAll(/^\| (.+) \| (none|`[^`]+`) \| (.+) \|$/gm)].map(([, what = "", file = "", named = ""]) => ({
  what,
  file: file.replaceAll("`", ""),
  named,
}));

test("there are rows", () => expect(rows.length).toBeGreaterThan(80));

test.each(rows)("$what: $file", ({ file, named }) => {
  // Without a test there is a reason.
  if (file === "none") return expect(named.length).toBeGreaterThan(40);
  const text = readFileSync(join(root, "test", file), "utf8");
  const title = /^`(.+)`$/.exec(named)?.[1];
  if (title !== undefined) expect(text).toContain(title);
});

test("every failure and every group of the specification has its rows", ({ skip }) => {
  const specification = join(root, "../shared/reference/github.md");
  if (!existsSync(specification)) skip("the specification is not here");
  const text = readFileSync(specification, "utf8");
  const section = (from: string): string => text.split(from)[1]?.split(/^(?:---|###? )/m)[0] ?? "";
  const failures = [...section("### 7.3 Failure table").matchAll(/^\| (?!failure|---)/gm)].length;
  const numbers = [...page.matchAll(/^\| (\d+) \|/gm)].map(([, number]) => Number(number));
  expect(failures).toBeGreaterThan(20);
  expect(numbers).toEqual(Array.from({ length: failures }, (_, index) => index + 1));
  const groups = [...section("## 10. Bad inputs and faults the test suite must cover").matchAll(/^\*\*(.+?)\.?\*\*/gm)].map(([, name = ""]) => name);
  expect(groups.length).toBeGreaterThan(5);
  const headings = [...page.matchAll(/^## (.+)$/gm)].map(([, name = ""]) => name);
  expect(headings.slice(1)).toEqual(groups);
});
