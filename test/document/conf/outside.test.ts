// Variables and includes: where values come from, what is not known, and cycles.

import { describe, expect, it } from "vitest";
import { typed } from "../../../service/document/conf/typed.ts";
import { outcome, read } from "./context.ts";

const int = (value: number): { $int: string } => ({ $int: String(value) });

describe("variables of the text", () => {
  it.each([
    ["x: 5\na: $x", { x: int(5), a: int(5) }],
    ["a: $x\nx: 5", "refused"],
    ["x: 1\nm { x: 2, a: $x }\nb: $x", { x: int(1), m: { x: int(2), a: int(2) }, b: int(1) }],
    ["m { x: 1 }\nn { a: $x }", "refused"],
    ["m { x: 1, l: [ { a: $x } ] }", { m: { x: int(1), l: [{ a: int(1) }] } }],
    ["x { y: 1 }\na: $x", { x: { y: int(1) }, a: { y: int(1) } }],
    ['x: 1\na: "$x"', { x: int(1), a: "$x" }],
    ["x: 1\na: b-$x", { x: int(1), a: "b-$x" }],
    ["a: $2a$11$abc", { a: "$2a$11$abc" }],
    ["a: $2b$11$abc", "refused"],
  ])("%j", (text, expected) => {
    expect(outcome(text, { environment: () => undefined })).toEqual(expected);
  });

  it("have the place of their definition, and come by their reference", () => {
    const text = "x: 5\na: $x\nb: $a";
    const { root, referenced } = read(text);
    const origin = root.entries.get("b")?.origin;
    expect(origin?.span).toEqual({ start: 3, end: 4 });
    expect(origin?.key && text.slice(origin.key.start, origin.key.end)).toBe("b");
    expect(origin?.via?.map((via) => "span" in via && text.slice(via.span.start, via.span.end))).toEqual(["$a", "$x"]);
    expect([...root.entries].filter(([, node]) => referenced.has(node)).map(([name]) => name)).toEqual(["x", "a"]);
  });
});

describe("variables of the environment", () => {
  const values: Readonly<Record<string, string | null>> = {
    N: "22",
    T: "true",
    S: "2MB",
    E: "",
    Q: '"22"',
    L: "[a, b]",
    B: "a b",
    C: "ab,cd",
    D: "7e5t",
    F: "$N",
    X: "$Y",
    Y: "$X",
    U: null,
    V: "1kbb",
    P: "x # y",
  };
  const environment = (name: string): string | null | undefined => values[name];

  it.each([
    ["$N", int(22)],
    ["$T", true],
    ["$S", int(2097152)],
    ["$E", ""],
    ["$Q", "22"],
    ["$L", ["a", "b"]],
    ["$D", "7e5t"],
    ["$F", int(22)],
    ["$P", "x"],
    ["$U", { $unknown: "the value of the variable is not known" }],
  ])("%s", (reference, expected) => {
    expect(outcome(`a: ${reference}`, { environment })).toEqual({ a: expected });
  });

  it.each(["$B", "$C", "$X", "$V", "$ABSENT", "$" + "{N}"])("%s is refused", (reference) => {
    expect(outcome(`a: ${reference}`, { environment })).toBe("refused");
  });

  it("depend on the version", () => {
    expect(outcome("a: $D", { environment, version: [2, 12, 0] })).toBe("refused");
    expect(outcome("a: $C", { environment, version: [2, 9, 10] })).toEqual({ a: "ab" });
  });

  it("stand at their reference", () => {
    const node = read("m { a: $S }", { environment }).root.entries.get("m");
    const value = node?.kind === "map" ? node.entries.get("a") : undefined;
    expect(value).toMatchObject({ value: 2097152, spelling: { text: "2MB", conf: "bare" }, origin: { span: { start: 7, end: 9 }, key: { start: 4, end: 5 } } });
  });

  it("are listed with what is known of them, without being errors when nothing is", () => {
    expect(read("a: $N\nb: $U\nc: $Z", { environment }).variables.map(({ name, state }) => [name, state])).toEqual([
      ["N", "set"],
      ["U", "unknown"],
      ["Z", "unset"],
    ]);
    const document = read("a: $N");
    expect([document.errors, document.variables.map(({ state }) => state)]).toEqual([[], ["unknown"]]);
  });
});

describe("includes", () => {
  const files: Readonly<Record<string, string>> = {
    "a.conf": "x: 1\ny: $x\n",
    "dir/b.conf": "include c.conf\n",
    "dir/c.conf": "z: 3",
    "bad.conf": "x: 1 2\ny: 1",
    "self.conf": "include self.conf",
    "outer.conf": "y: $o",
  };
  const include = (path: string, from: string): { path: string; text: string } | null | undefined => {
    const target = `${from.slice(0, from.lastIndexOf("/") + 1)}${path}`;
    const text = files[target];
    return text === undefined ? undefined : { path: target, text };
  };

  it.each([
    ["include a.conf\nb: $x", { x: int(1), y: int(1), b: int(1) }],
    ["m { INCLUDE 'a.conf', b: 2 }", { m: { x: int(1), y: int(1), b: int(2) } }],
    ['x: 5\ninclude "a.conf"', { x: int(1), y: int(1) }],
    ["include dir/b.conf", { z: int(3) }],
    ["include: a.conf", { include: "a.conf" }],
    ["include a.conf;b: 2", { x: int(1), y: int(1), b: int(2) }],
    ["include a.conf, b: 2", "refused"],
    ["include bad.conf", "refused"],
    ["include self.conf", "refused"],
    ["include nats.conf", "refused"],
    ["o: 1\ninclude outer.conf", "refused"],
    ["include 1.conf", "refused"],
    ["include\na.conf", "refused"],
  ])("%j", (text, expected) => {
    expect(outcome(text, { include, environment: () => undefined })).toEqual(expected);
  });

  it("leave their map incomplete, and its variables unknown, where the file is", () => {
    const { errors, includes, root } = read("m { include x.conf\n a: $b }", { environment: () => undefined });
    const m = root.entries.get("m");
    expect(errors).toEqual([]);
    expect(includes.map((one) => [one.path, one.span])).toEqual([["x.conf", { start: 12, end: 18 }]]);
    expect([root.incomplete, m?.kind === "map" ? m.incomplete : ""]).toEqual([undefined, "an included file is not known"]);
    expect(typed(root)).toEqual({ m: { a: { $unknown: "an included file may define the variable" } } });
  });

  it("have their errors in their own file, told at the directive", () => {
    const [error] = read("\ninclude bad.conf", { include }).errors;
    expect(error).toMatchObject({ span: { start: 9, end: 17 }, origin: { path: "bad.conf", span: { start: 5, end: 6 } }, refused: true });
  });

  it("have nodes of their own file", () => {
    expect(read("include a.conf", { include }).root.entries.get("x")?.origin).toEqual({
      path: "a.conf",
      span: { start: 3, end: 4 },
      key: { start: 0, end: 1 },
    });
  });
});
