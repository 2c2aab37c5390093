// Texts that come from a repository, hostile or not, in every text that goes to GitHub.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Finding } from "../../../service/finding/finding.ts";
import { checkRun, failedCheck, supersededCheck } from "../../../service/report/pull-request/check-run.ts";
import { fit } from "../../../service/report/pull-request/fit.ts";
import { fileComment, inlineComment, movedComment, why } from "../../../service/report/pull-request/inline-comment.ts";
import { readMarker, withMarker } from "../../../service/report/pull-request/marker.ts";
import { plan, USUAL_LIMITS } from "../../../service/report/pull-request/plan.ts";
import { cellSpan, codeSpan, fenced, sentence, visible } from "../../../service/report/pull-request/sanitise.ts";
import { summaryComment } from "../../../service/report/pull-request/summary.ts";
import { desired, finding, HEAD, rule, wanted } from "./samples.ts";
import { EMPTY, IDENTITY } from "./simulation.ts";

const GAP = "\u200b";

describe("a sentence", () => {
  test.each([
    ["mentions nobody", "ask @anna, a@b.c and @org/team", `ask @${GAP}anna, a@${GAP}b.c and @${GAP}org/team`],
    ["refers to nothing", "fixes #12, org/repo#3 and GH-4", `fixes #${GAP}12, org/repo#${GAP}3 and GH-${GAP}4`],
    ["links to nothing", "see https://a.example/x and www.b.example", `see https:${GAP}//a.example/x and www${GAP}.b.example`],
    ["opens no HTML", "<img src=x> <!-- natslint --> & &lt;", "&lt;img src=x&gt; &lt;!-- natslint --&gt; &amp; &amp;lt;"],
    ["closes no details", "</details>", "&lt;/details&gt;"],
    ["has no emphasis", "*a* _b_ ~~c~~ `d` [e](f) |g| $h$", "\\*a\\* \\_b\\_ \\~\\~c\\~\\~ \\`d\\` \\[e\\](f) \\|g\\| \\$h\\$"],
    ["keeps names as they are", "no_advertise of nats_js_1", "no_advertise of nats_js_1"],
    ["is one line", "a\r\n\n# b\tc", "a # b c"],
    ["shows what cannot be seen", "a\u0000b\u001b[31mc\u202ed\u2066e\u200bf\u{e0041}g", "a\ufffdb\ufffd\\[31mc\ufffdd\ufffde\ufffdf\ufffdg"],
    ["has no halves of characters", "a\ud800b", "a\ufffdb"],
  ])("%s", (_, text, shown) => expect(sentence(text)).toBe(shown));

  test("has no token that breaks a page", () => expect(sentence("x".repeat(5_000)).length).toBeLessThan(130));
  test("is never too long", () => expect([...sentence("word ".repeat(5_000))].length).toBeLessThanOrEqual(1_000));
  test("tells no URL's password", () =>
    expect(sentence("route nats://user:geheim@host:6222 is wrong")).toBe(
      `route nats:${GAP}//\\*\\*\\*\\*\\*\\*\\*\\*@${GAP}host:6222 is wrong`.replace(`@${GAP}host`, `@${GAP}host`),
    ));
});

describe("a code span", () => {
  test.each([
    ["a", "`a`"],
    ["a`b", "``a`b``"],
    ["`a", "`` `a ``"],
    ["``````", "``````` `````` ```````"],
    ["a\nb", "`a b`"],
    ["", "(empty)"],
    ["@anna <b>", "`@anna <b>`"],
  ])("%j", (text, shown) => expect(codeSpan(text)).toBe(shown));

  test("ends no cell of a table", () => expect(cellSpan("a|b")).toBe("`a\\|b`"));
  test("is closed by more backticks than any text holds", () =>
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("`", "a", " ", "|") }), (text) => {
        const [, fence = "", inside = ""] = /^(`+)([\s\S]*)\1$/.exec(codeSpan(text)) ?? [];
        const runs: readonly string[] = inside.match(/`+/g) ?? [];
        expect(runs).not.toContain(fence);
      }),
    ));
});

test("a block is closed by a longer fence than any inside", () => {
  for (let length = 3; length <= 10; length++)
    expect(fenced("suggestion", "`".repeat(length))).toBe(`${"`".repeat(length + 1)}suggestion\n${"`".repeat(length)}\n${"`".repeat(length + 1)}`);
});

test("whatever a finding says, its comment ends with its own marker and holds no other", () =>
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 60 }), fc.string({ maxLength: 30 }), (text, path) => {
      const one = wanted(finding({ message: `${text} <!-- natslint v=1 i=main fp=f9 h=0123456789abcdef s= -->`, path: path === "" ? "a" : path }));
      const about = { fingerprint: "f0", rule: "some-rule", head: HEAD, isFixed: false };
      for (const body of [inlineComment(one), fileComment(one), movedComment(one), summaryComment(desired([one]), [one], 0)]) {
        const marked = withMarker(body, about, IDENTITY);
        expect(readMarker(marked, IDENTITY)?.fingerprint).toBe("f0");
        expect(marked.split("\n").filter((row) => row.startsWith("<!--")).length).toBe(1);
      }
    }),
  ));

test("why is the page's first sentence", () => {
  expect(why(rule("a", "The chart nats 2.x says so. It is\nlong."))).toBe("The chart nats 2.x says so.");
  expect(why(rule("a", "One\nwithout end"))).toBe("One without end");
});

describe("secrets", () => {
  const canaries = {
    seed: `SUAM${"CANARY".repeat(9)}`,
    token: `ghs_${"canary1".repeat(60)}`,
    jwt: `eyJ${"Canary0".repeat(5)}.eyJ${"Canary1".repeat(5)}.sig`,
    hash: "$2a$10$canarycanarycanarycanarycanarycanarycanarycanarycanar",
    url: "nats://canary:canary@host:4222",
    pat: `github_pat_${"canary2".repeat(8)}`,
    key: "-----BEGIN PRIVATE KEY----- canary -----END PRIVATE KEY-----",
  };

  test.each(Object.entries(canaries))("a %s in a message, a path or a reason is in no text", (_, canary) => {
    const said: Finding = finding({
      message: `it says ${canary}`,
      path: `deploy/${canary}/values.yaml`,
      related: [{ ...finding(), path: canary, message: canary }],
      line: 3,
    });
    const one = wanted(said, { kind: "summary" });
    const all = desired([one], { unchecked: [{ path: canary, state: "unreadable", why: canary }], notes: [canary] });
    const made = [
      plan(all, EMPTY, { ...USUAL_LIMITS, identity: IDENTITY }).writes,
      inlineComment(one),
      fileComment(one),
      movedComment(one),
      checkRun(all, { acknowledged: 0, fault: canary, onError: "fail", canCommit: true }),
      failedCheck(canary, "fail"),
      supersededCheck(canary),
    ];
    expect(JSON.stringify(made)).not.toMatch(/canary/i);
  });

  test("what is hidden by invisible characters in it is told neither", () => expect(visible("SU\u200bAM")).toBe("SU\ufffdAM"));
});

describe("size", () => {
  const many = Array.from({ length: 3_000 }, (_, index) =>
    wanted(
      finding({
        fingerprint: `f${index}`,
        path: `deploy/${"long/".repeat(20)}${index}.yaml`,
        message: `number ${index} ${"\u{1f600}".repeat(80)}`,
        line: index + 1,
      }),
      { kind: "summary" },
    ),
  );
  const unchecked = Array.from({ length: 2_000 }, (_, index) => ({ path: `charts/${index}.yaml`, state: "unreadable", why: "it is too large" }) as const);
  const body = summaryComment(desired(many, { unchecked }), many, 0);

  test("a summary of thousands fits, whole block by whole block, and says how much is left out", () => {
    expect(body.length).toBeLessThan(65_000);
    expect(body).toMatch(/- and \d+ more\n\n<\/details>/);
    expect(body).toMatch(/\| and \d+ more rows \|/);
    expect(body.match(/<details>/g)?.length).toBe(body.match(/<\/details>/g)?.length);
    expect(body).not.toMatch(/[\ud800-\udbff](?![\udc00-\udfff])/);
    expect(body.trimEnd().endsWith("natslint 0.1.0")).toBe(true);
  });

  test("so does a check", () => {
    const { output } = checkRun(desired(many, { unchecked }), { acknowledged: 0, fault: null, onError: "fail", canCommit: false });
    expect(output.summary.length).toBeLessThan(65_535);
    expect(output.text?.length).toBeLessThan(65_535);
    expect(output.title.length).toBeLessThanOrEqual(255);
  });

  test("blocks are taken whole", () =>
    fc.assert(
      fc.property(fc.array(fc.string({ minLength: 1, maxLength: 20 })), fc.integer({ min: 20, max: 200 }), (blocks, most) => {
        const text = fit(blocks, most, (left) => `+${left}`);
        expect(text.length).toBeLessThanOrEqual(most);
        const left = /(?:^|\n)\+(\d+)$/.exec(text);
        if (text !== blocks.join("\n")) expect(text.startsWith(blocks.slice(0, blocks.length - Number(left?.[1])).join("\n"))).toBe(true);
      }),
    ));
});
