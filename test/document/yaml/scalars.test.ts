// What plain and tagged scalars mean. Each line was compared with what Helm's YAML library makes of it.

import { describe, expect, test } from "vitest";
import { readYaml } from "../../../service/document/yaml/read-yaml.ts";
import { valueAt } from "./read.ts";

const VALUES: readonly (readonly [value: unknown, spellings: readonly string[]])[] = [
  [true, ["y", "Y", "yes", "Yes", "YES", "on", "On", "ON", "true", "True", "TRUE", "!!bool \"yes\"", "!!bool on"]],
  [false, ["n", "N", "no", "No", "NO", "off", "Off", "OFF", "false", "False", "FALSE"]],
  [null, ["null", "Null", "NULL", "~", "#x", "&x", "!!null \"\"", "!!null ~"]],
  [0, ["0", "-0", "+0", "00", "1e-400", "0.0", "-0.0", "0e0", "00e1"]],
  [7, ["007"]],
  [420, ["0644", "+0644", "0_644"]],
  [511, ["0777"]],
  [-420, ["-0644"]],
  [8, ["08", "0_8"]],
  [9, ["09"]],
  [12, ["0o14", "0O14", "+0o14", "12"]],
  [-12, ["-0o14"]],
  [1, ["0b1", "0B1", "1", "+1", "1_", "+_1", "1.0", "1.", "1e00"]],
  [5, ["0b101", "+0b101", ".5e1"]],
  [-5, ["-0b101"]],
  [31, ["0x1F", "0X1f", "+0x1F", "0x_1F"]],
  [57005, ["0xDEAD"]],
  [-31, ["-0x1F"]],
  [-1, ["-1", "-_1"]],
  [1000, ["1_000", "1e3", "1E3", "1e+3", "1.e3"]],
  [10, ["1__0"]],
  [2, ["0b1_0"]],
  [1000.5, ["1_000.5"]],
  [10000, ["1_0e3"]],
  [9007199254740991, ["9007199254740991"]],
  [9007199254740992n, ["9007199254740992"]],
  [9007199254740993n, ["9007199254740993"]],
  [-9007199254740993n, ["-9007199254740993"]],
  [9223372036854775807n, ["9223372036854775807"]],
  [9223372036854775808n, ["9223372036854775808"]],
  [-9223372036854775808n, ["-9223372036854775808"]],
  [-9223372036854776000, ["-9223372036854775809"]],
  [18446744073709551615n, ["18446744073709551615", "0xFFFFFFFFFFFFFFFF", "01777777777777777777777"]],
  [18446744073709552000, ["18446744073709551616", "+18446744073709551615"]],
  [100000000000000000000, ["99999999999999999999"]],
  [999999999999999, ["999999999999999"]],
  [1000000000000000, ["1000000000000000"]],
  [-999999999999999, ["-999999999999999"]],
  [1.5, ["1.5", "+1.5", "!!float \"1.5\""]],
  [-1.5, ["-1.5"]],
  [0.5, [".5", "+.5", ".5_0", "00.5"]],
  [-0.5, ["-.5"]],
  [2.1, ["2.10"]],
  [12.5, ["012.5"]],
  [0.001, ["1e-3"]],
  [1500, ["1.5e3"]],
  [-1000, ["-1e3"]],
  [10000000000, ["1e1_0"]],
  [20_010_101, ["20010101"]],
  ["", [">", "!x", "''", "\"\"", "!!str"]],
  [1.21, ["1.21"]],
  ["a", ["a #b"]],
  ["yes", ["'yes'", "\"yes\"", "!!str yes"]],
  ["1", ["'1'", "\"1\"", "!!str 1", "!!foo 1", "!foo 1", "! 1"]],
  ["~", ["'~'"]],
  [3, ["!!int \"3\"", "!!float 3"]],
  [16, ["!!int 0x10", "!!float 0x10"]],
  ["hello", ["!!binary aGVsbG8="]],
  ["2001-01-01", ["!!timestamp 2001-01-01"]],
  ["2001-01-01 10:00:00", ["!!timestamp \"2001-01-01 10:00:00\""]],
  ["2001-1-1T1:1:1Z", ["!!timestamp 2001-1-1T1:1:1Z"]],
];

const TEXTS: readonly string[] = [
  "yEs", "nO", "oN", "oFf", "tRue", "t", "f", "T", "F", "nULL", "~~", "none", "None", "nil", "0o8", "0o", "0b2", "0b", "0xG", "0x", "_1",
  "0x10000000000000000", ".", "..", "...", "-.", "1.2.3", "1.5Gi", "1e", "1e+", "e3", "1e400", "-1e400", "._5", "0x1p4", "1f", "1d", "0x1.8", ".iNF",
  ".Nan", "inf", "nan", "Inf", "NaN", "Infinity", "+inf", "12:30:45", "22:22", "1:2:3", "190:20:30", "12:30", "2001-01-01", "2001-1-1",
  "2001-01-01T00:00:00Z", "2001-12-14t21:59:43.10-05:00", "2001-13-45", "1-2", "1-2-3", "1/2", "1,000", "1,5", "10%", "10G", "10GB", "3Mi", "1m", "30s",
  "5h", "1k", "0.5m", "100Ki", "--", "---", "--x", "-x", "+x", "+", "=", "<<", "<", "=>", "a=b", "a:b", ":a", "b:c", "x#", "?x", "-?", "a'b", "a\"b", "x]",
  "x}", "a,b", "$x", "\\x", "\\n", "\u00e9", "\u00f1", "\ud83d\ude00", "\u65e5\u672c", "x", "v1.2.3", "sha256:abc", "1.20.0-rc.1", "a_b", "a-b", "a.b",
  "nats://x:4222", "http://[::1]:80/", "10.0.0.1", "10.0.0.0/8", "::1", "fe80::1", "aa:bb:cc:dd", "1:2", "0:0", "user@host", "/a/b", "C:\\x",
  "00:11:22:33:44:55", "0xyz", "0b12", "1a", "1_a", "1.a", "1-a", "1+1", "1e5x", ".e3", "+.e3", "+e3", "-e3", "a b", "1 2", "yes no", "a# b",
];

const REFUSED: readonly string[] = [
  ".inf", ".Inf", ".INF", "+.inf", "-.inf", "+.Inf", "-.INF", ".nan", ".NaN", ".NAN", "-", ">>", "a:", "?", "*x", "|x", "%x", "@x", "`x", "'x", "\"x",
  ",x", "[x", "{x", "]x", "}x", "- a", "!!int 1.5", "!!int x", "!!bool 1", "!!null 0", "!!float x", "!!binary \"*\"", "!!int \"\"", "!!timestamp 1",
  "!!float .inf", "!!float ~",
];

describe("a scalar", () => {
  test.each(VALUES.flatMap(([value, spellings]) => spellings.map((one) => [one, value] as const)))("%s is %s", (spelling, value) => {
    expect(valueAt(`v: ${spelling}\n`, "v")).toStrictEqual(value);
  });

  test.each(TEXTS)("%s is text", (spelling) => {
    expect(valueAt(`v: ${spelling}\n`, "v")).toBe(spelling);
  });

  test.each(REFUSED)("%s is refused", (spelling) => {
    const { documents, violations } = readYaml({ path: "a.yaml", text: `v: ${spelling}\n` });
    expect(documents[0]?.state).toBe("broken");
    expect(violations.map((one) => one.rule)).toEqual(["yaml-invalid"]);
  });

  test.each([
    ["1", "1"], ["0x10", "16"], ["yes", "true"], ["1.10", "1.1"], ["1000000.0", "1e+06"], ["1e3", "1000"], ["0.00001", "1e-05"],
    ["1234567.8", "1.2345678e+06"], ["1e21", "1e+21"], [".inf", ".inf"], ["1.5e300", ".inf"], ["-3", "-3"], ["'y'", "y"], ["2001-01-01", "2001-01-01"],
  ])("%s as a key is %s", (written, name) => {
    expect(valueAt(`${written}: x\n`, name)).toBe("x");
  });
});

describe("spelling", () => {
  test.each([
    ["v: 0644\n", "0644", "plain"],
    ["v: 'it''s'\n", "it''s", "single"],
    ['v: "a\\tb"\n', "a\\tb", "double"],
    ["v: |\n  a\n  b\n\nw: 1\n", "  a\n  b", "block"],
    ["v:\n", "", "plain"],
  ])("of %j is kept", (text, spelling, style) => {
    const root = readYaml({ path: "a.yaml", text }).documents[0]?.root;
    const node = root?.kind === "map" ? root.entries.get("v") : undefined;
    expect(node).toMatchObject({ spelling: { text: spelling, style } });
  });
});
