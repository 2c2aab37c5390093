// What holds for every text.

import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import type { Node } from "../../../service/document/node.ts";
import { embeddedText } from "../../../service/document/yaml/embedded.ts";
import { readYaml } from "../../../service/document/yaml/read-yaml.ts";
import { rootOf, scalarsOf } from "./read.ts";

const PIECES = [
  "a",
  "b: ",
  "c:\n",
  "- ",
  "-",
  "  ",
  "    ",
  "\n",
  "\n  ",
  "\n    ",
  "|\n",
  ">-\n",
  "|2\n",
  "|+\n",
  '"x"',
  "'y'",
  '"\\n',
  "\\\n",
  '"',
  "'",
  "{",
  "}",
  "[",
  "]",
  ", ",
  " #",
  "# c\n",
  "yes",
  "1",
  "~",
  "&x ",
  "*x",
  "!!str ",
  "!t ",
  "<<: ",
  "\t",
  "---\n",
  "...\n",
  "%YAML 1.1\n",
  "? ",
  ": ",
  "\r\n",
  "\r",
  "é",
  "😀",
  "\ufeff",
  "\0",
  "\u2028",
  "{{ x }}",
  "{{- if x }}\n",
  "{{ end }}\n",
  "{% for %}",
  "{{",
  "}}",
  "${A}",
  "ENC[AES256_GCM,x]",
  "@",
  "`",
  "%",
];

/** Anything between noise and nearly YAML. */
const anyText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 60 }),
  fc.array(fc.constantFrom(...PIECES), { maxLength: 24 }).map((pieces) => pieces.join("")),
);

const line = fc.stringMatching(/^[ \t]{0,3}[a-z{}"':#\\é😀-]{0,8}[ ]{0,2}$/u);
const lines = fc.array(line, { minLength: 1, maxLength: 6 });
const lineEnd = fc.constantFrom("\n", "\r\n", "\r");

/** A document whose key `v` holds a scalar of several lines, in each style. */
const withScalar = fc.tuple(lines, lineEnd, fc.constantFrom("|", ">", "|-", ">+", "|2", ">2-", '"', "'", ""), fc.nat(3)).map(([content, end, style, depth]) => {
  const indent = " ".repeat(depth);
  const body = content.map((one) => (one === "" ? "" : `${indent}  ${one}`));
  const text = /^[|>]/.test(style) ? `${style}\n${body.join("\n")}\n` : `${style}${body.join("\n").trim()}${style}\n`;
  return `${indent}k: 1\n${indent}v: ${text}${indent}w: 1\n`.replaceAll("\n", end);
});

function nodesOf(node: Node | null): Node[] {
  if (node === null) return [];
  if (node.kind === "list") return [node, ...node.items.flatMap(nodesOf)];
  return node.kind === "map" ? [node, ...[...node.entries.values()].flatMap(nodesOf)] : [node];
}

vi.setConfig({ testTimeout: 120_000 });

describe("for every text", () => {
  test("reading never throws, and every span lies in the text", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { documents, violations } = readYaml({ path: "a.yaml", text });
        const origins = [...violations.map((one) => one.origin), ...documents.flatMap((one) => nodesOf(one.root)).map((one) => one.origin)];
        for (const { span, key } of [...documents, ...origins] as { span: { start: number; end: number }; key?: { start: number; end: number } }[]) {
          for (const { start, end } of key === undefined ? [span] : [span, key])
            expect(start >= 0 && start <= end && end <= text.length, JSON.stringify({ start, end })).toBe(true);
        }
        expect(documents.length).toBeGreaterThan(0);
        expect(documents.filter((one) => one.state === "broken" && one.why === "it is not valid YAML").length).toBeLessThanOrEqual(violations.length);
      }),
      { numRuns: 1500 },
    );
  });

  test("documents follow each other without overlapping", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        let last = 0;
        for (const { span } of readYaml({ path: "a.yaml", text }).documents) {
          expect(span.start).toBeGreaterThanOrEqual(last);
          last = span.end;
        }
      }),
      { numRuns: 500 },
    );
  });

  test("a scalar on one line, cut out and read again, is the same scalar", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        for (const node of readYaml({ path: "a.yaml", text }).documents.flatMap((one) => scalarsOf(one.root))) {
          const { start, end } = node.origin.span;
          const written = text.slice(start, end);
          if (/[\r\n]/.test(written) || /^[|>]/.test(written) || /!/.test(text)) continue;
          // In a list, so that a dash or a mark of a document is not taken for one.
          const again = rootOf(node.spelling?.style === "plain" ? `v: ${written}\n` : `- ${written}\n`);
          expect(scalarsOf(again).map((one) => one.value)).toEqual([node.value]);
        }
      }),
      { numRuns: 1500 },
    );
  });
});

describe("for every scalar", () => {
  test("the embedded text is the value, and characters that are copied are written where they are said to be", () => {
    fc.assert(
      fc.property(fc.oneof(withScalar, withScalar, anyText), (text) => {
        for (const node of readYaml({ path: "a.yaml", text }).documents.flatMap((one) => scalarsOf(one.root))) {
          if (typeof node.value !== "string" || text.includes("!")) continue;
          const embedded = embeddedText(node, text);
          expect(embedded?.text).toBe(node.value);
          if (embedded === null) continue;
          let last = node.origin.span.start;
          for (let at = 0; at < node.value.length; at++) {
            const { start, end } = embedded.origin({ start: at, end: at + 1 }).span;
            const written = text.slice(start, end);
            if (written !== node.value[at]) expect(written, JSON.stringify([node.value, at])).toMatch(/^[ \t]*[\r\n]|^\\|^''$|^\u0085|^$/);
            expect(start).toBeGreaterThanOrEqual(last);
            last = start;
          }
        }
      }),
      { numRuns: 1500 },
    );
  });

  test("the embedded text of an embedded text maps to the same place", () => {
    fc.assert(
      fc.property(withScalar, fc.constantFrom("|", '"'), (text, style) => {
        const unix = text.replace(/\r\n?/g, "\n");
        const outer = style === "|" ? `o: |2\n${unix.replace(/^/gm, "    ")}` : `o: ${JSON.stringify(unix)}\n`;
        const node = rootOf(outer);
        const holder = node?.kind === "map" ? node.entries.get("o") : undefined;
        const values = holder?.kind === "scalar" ? embeddedText(holder, outer) : null;
        if (values === null) return;
        const source = { path: "inner", text: values.text, origin: values.origin };
        for (const one of readYaml(source).documents.flatMap((document) => scalarsOf(document.root))) {
          if (typeof one.value !== "string") continue;
          const inner = embeddedText(one, source);
          expect(inner?.text).toBe(one.value);
          const { start, end } = inner?.origin({ start: 0, end: 1 }).span ?? { start: 0, end: 0 };
          if (/^[a-z]/.test(one.value)) expect(outer.slice(start, end)).toBe(one.value[0]);
        }
      }),
      { numRuns: 500 },
    );
  });
});
