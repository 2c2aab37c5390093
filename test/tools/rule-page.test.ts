import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import { newRule } from "../../tools/new-rule.ts";
import { root } from "../../tools/opa.ts";
import { readPage, toRule } from "../../tools/rule-page.ts";

const schema = JSON.parse(readFileSync(join(root, "schemas", "rule.schema.json"), "utf8")) as object;
const holds = new Ajv({ allErrors: true, strict: false }).compile(schema);
const least = { severity: "error", since: "0.1.0", dialects: ["conf"], messages: { default: "It is bad" }, sources: ["https://docs.nats.io/"] };
const levels = { production: "error", staging: "warning", development: "off" };
const option = { type: "integer", default: 3 };

describe("front matter", () => {
  test.each([
    ["the least", least],
    ["levels by environment", { ...least, severity: levels }],
    ["levels by case", { ...least, severity: { default: "info", jetstream: levels } }],
    [
      "everything",
      { ...least, fix: "safe", judge: "service", aliases: ["old-name"], options: { least: { ...option, minimum: 1, maximum: 9, description: "How many" } } },
    ],
  ])("may be: %s", (_, front) => {
    expect(holds(front), JSON.stringify(holds.errors)).toBe(true);
  });

  test.each([
    ["without a dialect", { ...least, dialects: undefined }],
    ["in a dialect that is none", { ...least, dialects: ["helm"] }],
    ["without a severity", { ...least, severity: undefined }],
    ["with a level that is none", { ...least, severity: "fatal" }],
    ["without a level for staging", { ...least, severity: { production: "error", development: "off" } }],
    ["with cases but no default", { ...least, severity: { jetstream: "error" } }],
    ["with a wrong level in a case", { ...least, severity: { default: "error", jetstream: { production: "error" } } }],
    ["without a default message", { ...least, messages: { jetstream: "It is bad" } }],
    ["with a full stop", { ...least, messages: { default: "It is bad." } }],
    ["with nothing to read", { ...least, sources: [] }],
    ["with a source that is not on the web", { ...least, sources: ["docs.nats.io"] }],
    ["with a fix that is none", { ...least, fix: "unsafe" }],
    ["with an option without a default", { ...least, options: { least: { type: "integer" } } }],
    ["with a field nobody knows", { ...least, level: "error" }],
  ])("may not be %s", (_, front) => {
    expect(holds(JSON.parse(JSON.stringify(front)))).toBe(false);
  });
});

describe("a page", () => {
  const front = "---\nseverity: error\nsince: 0.1.0\ndialects: [conf]\nmessages: { default: bad }\nsources: [https://docs.nats.io/]\n---\n";
  const read = (text: string) => readPage("rules/logging/bad-thing.md", text, (one) => (holds(one) ? [] : ["wrong"]));

  test("becomes a rule with all that may be left out", () => {
    const page = read(`${front}# A \`bad\` thing\n\nIt *hurts*: see\n[the **docs**](https://docs.nats.io/), snake_case_words.\n\nMore.\n\n## Wrong\n`);
    expect("front" in page && toRule(page)).toEqual({
      id: "bad-thing",
      family: "logging",
      title: "A bad thing",
      description: "It hurts: see the docs, snake_case_words.",
      severity: { default: "error" },
      messages: { default: "bad" },
      refuses: { default: false },
      judge: "policy",
      reads: [],
      fix: "none",
      since: "0.1.0",
      priority: "P1",
      precision: "very-high",
      dialects: ["conf"],
      tags: [],
      natsAudit: null,
      aliases: [],
      options: {},
      sources: ["https://docs.nats.io/"],
    });
  });

  test.each([
    ["no front matter", "# Title\n\nText.\n", "a page begins with front matter between two lines of ---"],
    ["front matter that is no YAML", `---\na: [\n---\n# Title\n\nText.\n`, /^the front matter is no YAML: /],
    ["front matter that does not hold", "---\na: 1\n---\n# Title\n\nText.\n", "wrong"],
    ["no title", `${front}Text.\n`, "below the front matter stands the title: # ..."],
    ["no description", `${front}# Title\n\n## Wrong\n`, "below the title stands a paragraph that says why it matters"],
  ])("cannot have %s", (_, text, problem) => {
    const page = read(text);
    expect("problems" in page && page.problems).toContainEqual(typeof problem === "string" ? problem : expect.stringMatching(problem));
  });

  test.each(["policy", "service"] as const)("that is begun for a %s can be read, and is not finished", (judge) => {
    const files = newRule("logging", "bad-thing", judge);
    const text = files["rules/logging/bad-thing.md"] ?? "";
    expect(Object.keys(files)).toHaveLength(judge === "policy" ? 2 : 1);
    expect(read(text)).toMatchObject({ id: "bad-thing" });
    for (const one of Object.values(files)) expect(one).toMatch(/\bTODO\b/);
  });
});
