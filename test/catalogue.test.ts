// What holds of every rule: page and policy are a pair, and what one of them names the other has.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import { exampleFiles } from "../tools/example-files.ts";
import { FAMILIES } from "../tools/families.ts";
import { root } from "../tools/opa.ts";
import { type Page, readPages, toRule } from "../tools/rule-page.ts";

const { pages, problems } = readPages(root);
const examples = new Map(exampleFiles(root, pages).map((file) => [file.path, file.examples] as const));
const policies = readdirSync(join(root, "policies"), { recursive: true, encoding: "utf8" })
  .map((path) => path.replaceAll("\\", "/"))
  .filter((path) => /^(?!lib\/).+\/.+\.rego$/.test(path) && !path.endsWith("_test.rego"));

describe("the catalogue", () => {
  test("has pages that can be read", () => {
    expect(problems).toEqual([]);
  });

  test("has one page for an id, and nobody else's former id is used again", () => {
    const ids = pages.flatMap((page) => [page.id, ...(page.front.aliases ?? [])]);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  test("has a page beside every policy", () => {
    const judged = new Set(pages.filter((page) => toRule(page).judge === "policy").map((page) => `${page.family}/${page.id}.rego`));
    expect(policies.filter((path) => !judged.has(path))).toEqual([]);
  });
});

for (const page of pages) {
  describe(page.path, () => {
    const rule = toRule(page);
    const rego = policyOf(page);

    test("stands in a family and is named after the bad thing", () => {
      expect(page.path).toBe(`rules/${page.family}/${page.id}.md`);
      expect(FAMILIES).toContain(page.family);
      expect(page.id).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)+$/);
    });

    test("has one title and says what is wrong, what is right and when not to care", () => {
      const second = page.headings.filter(({ level }) => level === 2).map(({ text }) => text);
      const wanted = ["Wrong", "Right", "When to ignore it"];
      expect(page.headings.filter(({ level }) => level === 1)).toHaveLength(1);
      expect(second.filter((text) => wanted.includes(text))).toEqual(wanted);
      expect(page.text.split(/^## When to ignore it$/m)[1]?.trim()).toMatch(/\S/);
      const kinds = new Set(examples.get(page.path)?.map(({ kind }) => kind));
      expect([...kinds].sort(), "an example under Wrong and one under Right").toEqual(["right", "wrong"]);
    });

    test("is finished", () => {
      expect(`${page.text}\n${rego ?? ""}`.split("\n").filter((line) => /\bTODO\b/.test(line))).toEqual([]);
    });

    test("has messages that say what is, and not what somebody should do", () => {
      for (const message of Object.values(rule.messages)) {
        expect(message).not.toMatch(/\b(should|please)\b/i);
        expect(message, "a message does not name its rule").not.toContain(page.id);
      }
    });

    test("has a severity and a message for the same cases", () => {
      expect(Object.keys(rule.severity).filter((name) => !(name in rule.messages))).toEqual([]);
    });

    test("has options whose defaults hold", () => {
      for (const [name, { default: value, description: _, ...schema }] of Object.entries(rule.options))
        expect(new Ajv().validate(schema, value), `${name}: ${JSON.stringify(value)}`).toBe(true);
    });

    if (rule.judge === "service") {
      test("has no policy", () => {
        expect(policies.filter((path) => basename(path) === `${page.id}.rego`)).toEqual([]);
      });
    } else {
      test("has a policy of its name", () => {
        expect(rego, `policies/${page.family}/${page.id}.rego`).not.toBeNull();
        expect(rego).toContain(`\npackage natslint.rules["${page.id}"]\n`);
      });

      test("prints facts that its policy gives", () => {
        const facts = Object.values(rule.messages).flatMap((message) => [...message.matchAll(/\{(\w+)\}/g)].map(([, fact]) => fact));
        expect(facts.filter((fact) => !rego?.includes(`"${fact}":`))).toEqual([]);
      });

      test("has a message for each case of its policy, and no other", () => {
        const said = casesOf(rego ?? "");
        expect(
          said.filter((name) => !(name in rule.messages)),
          "cases without a message",
        ).toEqual([]);
        const related = /"related":/.test(rego ?? "") ? ["related"] : [];
        const idle = Object.keys(rule.messages).filter((name) => !["default", ...related].includes(name) && !rego?.includes(`"${name}"`));
        expect(idle, "messages without a case").toEqual([]);
        if (related.length > 0) expect(Object.keys(rule.messages).length, "related places have a message: related, or their case's").toBeGreaterThan(1);
      });

      test("has options that its policy asks for, and no other", () => {
        const asked = [...(rego ?? "").matchAll(/\boption\("([^"]+)", "([^"]+)"\)/g)];
        expect(
          asked.filter(([, id]) => id !== page.id).map(([call]) => call),
          "other rules' options",
        ).toEqual([]);
        expect([...new Set(asked.map(([, , name]) => name))].sort()).toEqual(Object.keys(rule.options).sort());
      });

      test("promises a fix if its policy has one", () => {
        expect(/"fix":/.test(rego ?? "")).toBe(rule.fix !== "none");
      });
    }
  });
}

function policyOf({ family, id }: Page): string | null {
  const path = join(root, "policies", family, `${id}.rego`);
  return existsSync(path) ? readFileSync(path, "utf8") : null;
}

/** The cases that a policy names in place or by a rule whose name begins with `_case`. */
function casesOf(rego: string): string[] {
  const inPlace = [...rego.matchAll(/"case":\s*"([^"]*)"/g)];
  const byRule = [...rego.matchAll(/^_\w*case\w*(?:\([^)]*\))?\s*:=\s*"([^"]*)"/gm)];
  return [...inPlace, ...byRule].map(([, name]) => name ?? "");
}
