// The recorded answers of real servers: every probe must give the same tree, or be refused where they refuse it.

import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { type ConfContext, readConf } from "../../../service/document/conf/read-conf.ts";
import { typed, type TypedJson } from "../../../service/document/conf/typed.ts";

const repository = resolve(dirname(fileURLToPath(import.meta.url)), "../../..");
const probes = resolve(repository, "../shared/conf-probes");

interface Expectation {
  readonly value?: TypedJson;
  readonly error?: string;
}

/** What stands behind an @ in the table; HEAD is what all releases up to 2.14.5 read. */
const dialects: Readonly<Record<string, readonly number[]>> = {
  "@2.2.0": [2, 2, 0],
  "@2.9.10": [2, 9, 10],
  "@2.9.24": [2, 9, 24],
  "@2.10.14": [2, 10, 14],
  "@HEAD": [2, 14, 5],
};

describe.skipIf(!existsSync(probes))("the recorded probes", () => {
  if (!existsSync(probes)) return;
  const environments = readEnvironments();
  for (const line of readFileSync(join(probes, "values.jsonl"), "utf8")
    .split("\n")
    .filter((one) => one !== "")) {
    const { file, value, error, ...versions } = JSON.parse(line) as Expectation & { file: string } & Record<string, Expectation>;
    it(`${file} reads as by the newest server`, () => {
      check(file, value === undefined ? { error: error ?? "" } : { value });
    });
    for (const [name, expected] of Object.entries(versions)) {
      it(`${file} reads as by ${name}`, () => check(file, expected, dialects[name]));
    }
    for (const [name, version] of Object.entries(dialects)) {
      if (name in versions) continue;
      it(`${file} reads alike by ${name}`, () => check(file, value === undefined ? { error: error ?? "" } : { value }, version));
    }
  }

  function check(file: string, expected: Expectation, version?: readonly number[]): void {
    const environment = environments.get(file) ?? {};
    const context: ConfContext = {
      ...(version === undefined ? {} : { version }),
      path: file,
      origin: (span) => ({ path: file, span }),
      environment: (name) => environment[name],
      include: (path, from) => {
        const target = join(dirname(join(probes, from)), path);
        if (!existsSync(target) || !statSync(target).isFile()) return undefined;
        return { path: relative(probes, target), text: readFileSync(target, "utf8") };
      },
      literal: true,
    };
    const document = readConf(readText(join(probes, file)), context);
    const refused = document.errors.some((error) => error.refused);
    expect(refused ? "refused" : typed(document.root)).toEqual(expected.value ?? "refused");
  }

  function readEnvironments(): Map<string, Record<string, string>> {
    const [header = "", ...rows] = readText(join(probes, "expected-detail.tsv")).trimEnd().split("\n");
    const column = header.split("\t").indexOf("env");
    return new Map(rows.map((row) => row.split("\t")).map((cells) => [cells[0] ?? "", JSON.parse(cells[column] || "{}") as Record<string, string>]));
  }
});

/** Byte order marks and line ends are part of the probes. */
function readText(path: string): string {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(readFileSync(path));
}
