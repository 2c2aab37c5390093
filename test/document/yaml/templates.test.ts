// What template code, variables and encryption leave unknown, and what stays known beside them.

import { describe, expect, test } from "vitest";
import { readYaml } from "../../../service/document/yaml/read-yaml.ts";
import { nodeAt, rootOf, shown } from "./read.ts";

describe("a value on one line", () => {
  test.each([
    ["a: '{{ x }}'\n", "a template decides it"],
    ["a: {{ x }}\n", "a template decides it"],
    ["a: {{ x | quote }}-y\n", "a template decides it"],
    ['a: "{{ x | default "z" }}"\n', "a template decides it"],
    ["a: {{ if x }}b{{ else }}c{{ end }}-z\n", "a template decides it"],
    ["a: nats-${NAME}:1\n", "a variable of another tool decides it"],
    ["a: ENC[AES256_GCM,data:x,type:str]\n", "it is encrypted"],
    ["a: !vault |\n  $ANSIBLE_VAULT\n", "it is encrypted"],
  ])("%j is not known", (text, because) => {
    const { documents, violations } = readYaml({ path: "a.yaml", text });
    expect(violations).toEqual([]);
    expect(nodeAt(documents[0]?.root, "a")).toMatchObject({ kind: "unknown", because });
  });

  test.each(["a: $NAME\n", "a: $(NAME)\n", "a: |\n  {{ x }} ${X}\n", 'a: "l1\\n{{x}}"\n', "a: '{ {'\n"])("%j is text", (text) => {
    expect(nodeAt(rootOf(text), "a").kind).toBe("scalar");
  });
});

describe("template code", () => {
  test.each<[string, unknown]>([
    ["a: 1\n'{{ x }}': 2\n", { a: 1, "...": "?" }],
    ["{{ x }}: 1\nb: 2\n", { b: 2, "...": "?" }],
    ["${X}: 1\nb: 2\n", { b: 2, "...": "?" }],
    ["a: [1, {{ x }}]\n", { a: [1, "?"] }],
    ["a: &x {{ z }}\nb: *x\n", { a: "?", b: "?" }],
    ["{{- if x }}\na: 1\n{{- end }}\nb: 2\n", { b: 2, "...": "?" }],
    ["a:\n  {{- if x }}\n  p: 1\n  {{- else }}\n  q: 2\n  {{- end }}\n  r: 3\nb: 2\n", { a: { r: 3, "...": "?" }, b: 2 }],
    ["a:\n  - 1\n  {{- range x }}\n  - {{ . }}\n  {{- end }}\nb: 1\n", { a: "?", b: 1 }],
    ["a:\n  {{- toYaml x | nindent 2 }}\nb: 1\n", { a: "?", b: 1 }],
    ["a:\n{{ toYaml x | indent 2 }}\nb: 1\n", { a: "?", b: 1 }],
    ["a:\n  {{- include x | nindent 2 }}\n  p: 1\nb:\n  q: 2\n", { a: { p: 1, "...": "?" }, b: { q: 2 } }],
    ["{{ toYaml x }}\nb: 1\n", { b: 1, "...": "?" }],
    ["{{ include x }}\n", "?"],
    ["{{/* c */}}\na: 1\n", { a: 1 }],
    ["{{- /*\n}} c\n*/ -}}\na: {{ x }}\n", { a: "?" }],
    ["{{ $x := 1 }} # c\na: {{ $x }}\nb: 1\n", { a: "?", b: 1 }],
    ["{% if x %}\na: 1\n{% endif %}\nb: {{ z }}\n{# c #}\n", { b: "?", "...": "?" }],
    ["{{ define x }}\na: 1\n{{ end }}\n", { "...": "?" }],
    [
      "data:\n  c: |\n    port: {{ p }}\n    {{- if x }}\n    debug: true\n    {{- end }}\n  d: {{ z }}z\n",
      { data: { c: "port: {{ p }}\n{{- if x }}\ndebug: true\n{{- end }}\n", d: "?" } },
    ],
    ["data:\n  c: |\n    port: 1\n{{- if x }}\n    debug: true\n{{- end }}\n  d: 1\n", { data: { c: "?", d: 1 } }],
    [
      "spec:\n  replicas: 3\n  containers:\n    - name: nats\n      image: {{ i }}\n      {{- with r }}\n      resources: {{ toYaml . | nindent 8 }}\n      {{- end }}\n  {{- with a }}\n  affinity:\n    {{- toYaml . | nindent 4 }}\n  {{- end }}\n",
      { spec: { replicas: 3, containers: [{ name: "nats", image: "?", "...": "?" }], "...": "?" } },
    ],
  ])("in %j", (text, expected) => {
    const { documents, violations } = readYaml({ path: "a.yaml", text });
    expect(violations).toEqual([]);
    expect(documents.map((one) => [one.state, shown(one.root)])).toEqual([["read", expected]]);
  });

  test("moves nothing", () => {
    const text = "{{- if x }}\na: {{ y | default \"z\" }}x\n{{- end }}\nb: 'c'\n";
    const { origin } = nodeAt(rootOf(text), "b");
    expect(text.slice(origin.span.start, origin.span.end)).toBe("'c'");
  });

  test("around whole documents leaves nothing known of them", () => {
    const { documents } = readYaml({ path: "a.yaml", text: "{{- if x }}\n---\na: 1\n---\nb: 1\n{{- end }}\n---\nc: 1\n" });
    expect(documents.map((one) => shown(one.root))).toEqual([null, { "...": "?" }, { "...": "?" }, { c: 1 }]);
  });

  test.each(["a: 1\n b: {{ x }}\n", "{{- if a }}\nfoo:\n{{- else }}\nbar:\n{{- end }}\n  baz: 1\n", "a: b: '{{ x }}'\n"])(
    "that nobody can read YAML around is no violation: %j",
    (text) => {
      const { documents, violations } = readYaml({ path: "a.yaml", text });
      expect(violations).toEqual([]);
      expect(documents[0]).toMatchObject({ state: "broken", root: null, why: "it holds template code" });
    },
  );

  test("in a comment excuses nothing", () => {
    expect(readYaml({ path: "a.yaml", text: "# {{ c }}\na: b: c\n" }).violations).toHaveLength(1);
  });

  test("in heaps takes little time", () => {
    const before = performance.now();
    for (const text of ["{{ ".repeat(30_000), "{{ if x }}\n".repeat(10_000), '{{ "'.repeat(30_000), "a: {{ b }}\n{{ c }}\n".repeat(5_000)])
      readYaml({ path: "a.yaml", text });
    expect(performance.now() - before).toBeLessThan(20_000);
  }, 60_000);
});
