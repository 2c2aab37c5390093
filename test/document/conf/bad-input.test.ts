// Texts that are no configuration at all: reading ends soon, and says what is wrong in one place.
import { describe, expect, it } from "vitest";
import { confText } from "../../../service/host/conf-files.ts";
import { read } from "./context.ts";

/** Long enough for a machine that has other things to do; what hangs takes for ever. */
const LIMIT = 30_000;

function timed(text: string): ReturnType<typeof read> {
  const start = performance.now();
  const document = read(text);
  expect(performance.now() - start).toBeLessThan(LIMIT);
  return document;
}

describe("a large text", () => {
  it("of 10 MB is read in bounded time, and a fault at its end found", () => {
    const text = 'accounts { A: { users: [ { user: "a", password: "b" } ] } }\n'.repeat(170_000);
    expect(text.length).toBeGreaterThan(10_000_000);
    const { errors } = timed(`${text}port: -x\n`);
    expect(errors).toMatchObject([{ kind: "syntax", refused: true, span: { start: text.length + 6 } }]);
  }, 60_000);

  it("of 10,000 nested braces is given up with one clear sentence", () => {
    for (const text of ["a {\n".repeat(10_000), "a {".repeat(10_000) + "}".repeat(10_000), `a: ${"[".repeat(10_000)}`]) {
      const { errors } = timed(text);
      const limits = errors.filter((error) => error.kind === "limit");
      expect(limits.length).toBe(1);
      expect(limits[0]?.message).toMatch(/more than 200 brackets/);
    }
  }, 60_000);

  it("of one line of 1 MB is read", () => {
    const word = "x".repeat(1_000_000);
    expect(timed(`a: ${word}\nb: 1\n`).root.entries.get("a")).toMatchObject({ value: word });
    expect(timed(`a: "${word}"`).errors).toEqual([]);
    expect(timed(`a: "${word}`).errors).toMatchObject([{ refused: true, span: { start: 3 } }]);
    expect(timed(`${word}`).errors).toMatchObject([{ refused: true }]);
    expect(timed(`# ${word}\nb: 1`).root.entries.size).toBe(1);
  }, 60_000);
});

describe("bytes that are no text", () => {
  it("are read past: NUL characters are pointed at", () => {
    expect(read("port: 4222\0\nhttp_port: 8222\n").errors).toMatchObject([{ kind: "lost", span: { start: 10, end: 11 } }]);
    expect(read("\0".repeat(1000)).errors.length).toBeGreaterThan(0);
  });

  it("become the mark for what is no UTF-8, and the rest is read", () => {
    const text = confText(Uint8Array.from([...Buffer.from('server_name: "a'), 0xff, 0xc3, ...Buffer.from('"\nport: 1\n')]));
    const { errors, root } = read(text);
    expect(errors).toEqual([]);
    expect(root.entries.get("server_name")).toMatchObject({ value: "a\uFFFD\uFFFD" });
    expect(root.entries.get("port")).toMatchObject({ value: 1 });
  });
});

describe("what is opened and never closed", () => {
  it.each([
    ['a: "x', 3],
    ["a: 'x", 3],
    ["a: (x", 3],
    ["a: [x", 3],
    ["a {\n b: 1", 2],
    ['"a', 0],
    ["a { 'b", 4],
    ["a: [{ b: [", 9],
  ])("%j is one error, where it opens", (text, start) => {
    const { errors } = read(text);
    expect(errors.every((error) => error.refused)).toBe(true);
    expect(errors.map((error) => error.span.start)).toContain(start);
  });
});

describe("an include", () => {
  const files: Readonly<Record<string, string>> = { "a.conf": "include b.conf\n", "b.conf": "include a.conf\n", "self.conf": "include self.conf" };
  const include = (path: string): { path: string; text: string } | undefined => {
    const text = files[path];
    return text === undefined ? undefined : { path, text };
  };

  it("of itself, by one file or two, ends with an error at the directive", () => {
    for (const path of ["a.conf", "self.conf"])
      expect(read(files[path] ?? "", { path, include }).errors).toMatchObject([{ kind: "include", refused: true, span: { start: 8 } }]);
  });
});
