// A rule's place in the presets follows from its page, and of several presets the last that speaks of a rule counts.
import { describe, expect, test } from "vitest";
import { levelIn, PRESETS, type Preset, presetsOf, stanceOf } from "../../service/rule/presets.ts";
import type { Rule } from "../../service/rule/rule.ts";
import settings from "../../schemas/settings.schema.json" with { type: "json" };
import { rule as plain } from "../report/pull-request/samples.ts";

const HINT = { production: "info", staging: "info", development: "off" } as const;
const WARNING = { production: "warning", staging: "info", development: "off" } as const;
const rule = (over: Partial<Rule>): Rule => ({ ...plain("some-rule"), ...over });

test("the schema of the settings has the same presets", () => {
  expect(settings.definitions.preset.enum).toEqual(PRESETS);
});

describe("a rule is in", () => {
  test.each<readonly [string, Partial<Rule>, readonly Preset[]]>([
    ["recommended if it follows from the files, be it a hint", { severity: { default: HINT } }, ["recommended", "strict", "legacy-stan"]],
    ["recommended with rare exceptions if it warns", { precision: "high", severity: { default: WARNING } }, ["recommended", "strict", "legacy-stan"]],
    ["recommended if one of its cases warns", { precision: "high", severity: { default: HINT, other: "error" } }, ["recommended", "strict", "legacy-stan"]],
    ["strict alone with rare exceptions if it only hints", { precision: "high", severity: { default: HINT } }, ["strict"]],
    ["strict alone with common exceptions", { precision: "medium" }, ["strict"]],
    ["security by its family", { family: "tls" }, ["recommended", "strict", "security", "legacy-stan"]],
    ["security by its tag", { tags: ["security"] }, ["recommended", "strict", "security", "legacy-stan"]],
    ["security even where it only hints", { family: "network", precision: "high", severity: { default: HINT } }, ["strict", "security"]],
    ["strict alone with common exceptions, security or not", { family: "tls", precision: "medium" }, ["strict"]],
    ["legacy-stan with its whole family", { family: "streaming", precision: "medium" }, ["strict", "legacy-stan"]],
    ["all but legacy-stan if it reminds of an end", { family: "streaming", tags: ["end-of-life"] }, ["recommended", "strict"]],
  ])("%s", (_, over, presets) => {
    expect(presetsOf(rule(over))).toEqual(presets);
  });
});

describe("of several presets", () => {
  const reminder = rule({ family: "streaming", tags: ["end-of-life"] });

  test("the last that speaks of a rule counts", () => {
    expect(stanceOf(reminder, ["strict", "legacy-stan"])).toBe("off");
    expect(stanceOf(reminder, ["legacy-stan", "strict"])).toBe("on");
  });

  test("one that says nothing of it changes nothing", () => {
    expect(stanceOf(rule({ precision: "medium" }), ["strict", "security"])).toBe("on");
    expect(stanceOf(rule({ family: "streaming" }), ["legacy-stan", "security"])).toBe("full");
    expect(stanceOf(rule({ family: "streaming" }), ["legacy-stan", "recommended"])).toBe("on");
  });
});

test("an unknown environment is production, one step lower", () => {
  expect((["error", "warning", "info", "off"] as const).map((production) => levelIn({ ...WARNING, production }, null))).toEqual([
    "warning",
    "info",
    "info",
    "off",
  ]);
});
