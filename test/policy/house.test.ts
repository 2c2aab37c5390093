import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, test } from "vitest";

const policies = join(import.meta.dirname, "../../policies");
const rules = readdirSync(policies, { recursive: true, encoding: "utf8" })
  .map((path) => path.replaceAll("\\", "/"))
  .filter((path) => /^(?!lib\/).+\/.+\.rego$/.test(path) && !path.endsWith("_test.rego"))
  .sort();

test.each(rules)("policies/%s keeps the rules of the house", (path) => {
  expect(complaints(`policies/${path}`, readFileSync(join(policies, path), "utf8"))).toEqual([]);
});

describe("the house forbids", () => {
  test.each([
    ["comparing", "_x if input.a < 3", /null sorts below/],
    ["comparing the other way", "_x if a >= b", /null sorts below/],
    ["every", "_x if { every a in b { a == 1 } }", /comprehension/],
    ["object.get", '_x if object.get(a, "b", null) == null', /is_null/],
    ["default", "default _x := false", /not known/],
    ["not before a field", "_x if not server.config.debug", /not known/],
    ["not before a field that is compared", '_x if not user.kind == "a"', /not known/],
    ["not before a field inside a call", '_x if not startswith(server["name"], "a")', /not known/],
    ["not before a comparison of the library", "_x if not less(a, b)", /opposite/],
    ["functions that look into their operands", "_f(server) if {\n\tserver.config == 1\n}", /leaves/],
    ["functions that look into a member", "_f(servers, i) if servers[i].config == 1", /leaves/],
    ["public helpers", "helper := 1", /begins with _/],
    ["violations that are no objects", 'violations contains "text" if true', /object/],
    ["violations by another name", "violation contains {} if true", /begins with _/],
  ])("%s", (_, code, why) => {
    expect(complaints("policies/family/some-rule.rego", `${head}${code}\n`)).toEqual([expect.stringMatching(why)]);
  });

  test("another name for the package", () => {
    expect(complaints("policies/family/other-rule.rego", head)).toEqual([expect.stringMatching(/package natslint.rules\["other-rule"\]/)]);
  });

  test("a file that does not begin with a sentence", () => {
    expect(complaints("policies/family/some-rule.rego", head.replace(/^.*\n/, ""))).toEqual([expect.stringMatching(/sentence/)]);
  });
});

describe("the house allows", () => {
  test.each([
    ["signs and words in texts and comments", '# a < b, not a.b, every\n_x := "a < b, not a.b, every, object.get"\n_y := `>`'],
    ["not before a variable", "_x if {\n\ta := input.model.servers\n\tnot is_object(a)\n}"],
    ["not before a list of literals", "_x if not a in [1, 2]"],
    ["not before a built-in with a dot", "_x if not regex.match(`x.y`, name)"],
    ["functions of leaves and lists", "_f(names, i) if names[i] == names[i]"],
    ["violations that are made in place", 'violations contains {\n\t"at": [],\n\t"facts": {},\n} if input.model'],
  ])("%s", (_, code) => {
    expect(complaints("policies/family/some-rule.rego", `${head}${code}\n`)).toEqual([]);
  });
});

const head = '# Something bad.\npackage natslint.rules["some-rule"]\n\nimport data.natslint.lib.less\n\n';

/** What is wrong with a rule's policy, one sentence each, with its line. Only text is looked at; `opa check` does types. */
function complaints(path: string, text: string): string[] {
  const said: string[] = [];
  const lines = bare(text).split("\n");
  const say = (line: number, why: string): number => said.push(`${path}:${line}: ${why}`);

  if (!/^# \S.*\.\n/.test(text)) say(1, "a policy begins with a sentence in a comment: what is bad, or why");
  const named = `package natslint.rules["${basename(path, ".rego")}"]`;
  if (!text.split("\n").includes(named)) say(1, `a rule is named after its file: ${named}`);

  let operands: readonly string[] = [];
  for (const [index, line] of lines.entries()) {
    const complain = (pattern: RegExp, why: string): void => {
      if (pattern.test(line)) say(index + 1, why);
    };
    complain(/[<>]/, "null sorts below every number, so only policies/lib compares with < and >: import less, at_most, greater, at_least");
    complain(/\bevery\b/, "the type check does not look into every: use a comprehension");
    complain(/\bformat_int\b/, "format_int throws in the wasm from 2^31 on: import size, or use json.marshal");
    complain(/\bobject\.get\b/, "object.get takes what is not known for unset, and hides the field from the type check: use is_null(x)");
    complain(/^default\b/, "default takes what is not known for known: let it be undefined");
    complain(/^violations\b(?! contains \{)/, "violations contains an object, written in place; anything else is lost in silence");
    complain(/^(?!violations\b|package\b|import\b|default\b)[a-z]/i, "violations is the only public name of a rule: any other begins with _");
    complain(/\bnot (less|at_most|greater|at_least|older|reached)\(/, "the opposite of less is at_least, not `not less`: nothing holds of what is no number");
    const denied = /\bnot (.+)/.exec(line)?.[1]?.replace(/[\w.]+(?=\()/g, "") ?? "";
    if (/[\w\])](\.[a-z_]|\[)/i.test(denied)) {
      say(index + 1, "`not` before a field holds also where the field is not known: bind it to a variable on a line above");
    }
    if (/^\S/.test(line) && !line.startsWith("}")) operands = /^\w+\(([\w, ]*)\)/.exec(line)?.[1]?.split(", ") ?? [];
    const looked = operands.find((operand) => new RegExp(`\\b${operand}(\\[[^\\]]*\\])*(\\.[a-z_]|\\[")`, "i").test(line));
    if (looked !== undefined) say(index + 1, `the type check sees no fields in operands: give the function the leaves of ${looked}, not ${looked}`);
  }
  return said;
}

/** The text without comments and without what stands between quotes; the lines stay. */
function bare(text: string): string {
  return text.replace(/"(?:\\.|[^"\\\n])*"|`[^`]*`|#.*/g, (part) => {
    if (part.startsWith("#")) return "";
    const quote = part.slice(0, 1);
    return quote + part.replace(/[^\n]/g, "").concat(quote);
  });
}
