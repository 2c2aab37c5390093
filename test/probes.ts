// The recorded answers of real servers, ../shared/conf-probes beside the repository: what each probe reads as, and who takes it.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { TypedJson } from "../service/document/conf/typed.ts";
import { root } from "../tools/opa.ts";

export const probes: string = join(root, "../shared/conf-probes");

/** Tests of the probes skip where the folder is not there, and say so. */
export const haveProbes: boolean = existsSync(join(probes, "values.jsonl"));

/** What stands behind an @ in the table; HEAD is what all releases up to 2.14.5 read. */
export const dialects: Readonly<Record<string, readonly number[]>> = {
  "@2.2.0": [2, 2, 0],
  "@2.9.10": [2, 9, 10],
  "@2.9.24": [2, 9, 24],
  "@2.10.14": [2, 10, 14],
  "@HEAD": [2, 14, 5],
};

export interface Reading {
  readonly value?: TypedJson;
  readonly error?: string;
}

export interface Probe {
  /** Posix, below the folder. */
  readonly file: string;
  readonly env: Readonly<Record<string, string>>;
  /** As 2.15.1 reads it. */
  readonly newest: Reading;
  /** By the names of `dialects`: the versions that read it differently. */
  readonly others: Readonly<Record<string, Reading>>;
  readonly verdict: string;
  readonly note: string;
  /** By the columns of the table: `t_2.9.10`, `start_2.15.1`, `message_2.15.1` ... */
  readonly detail: Readonly<Record<string, string>>;
}

/** All probes, in the order of the tables. */
export function readProbes(): readonly Probe[] {
  const short = table("expected.tsv");
  const detail = new Map(table("expected-detail.tsv").map((row) => [row["file"] ?? "", row] as const));
  const readings = new Map(
    lines("values.jsonl").map((line) => {
      const reading = JSON.parse(line) as Reading & { readonly file: string };
      return [reading.file, reading] as const;
    }),
  );
  return short.map(({ file = "", verdict = "", note = "" }) => {
    const { file: _, value, error, ...others } = readings.get(file) ?? { file };
    return {
      file,
      env: JSON.parse(detail.get(file)?.["env"] || "{}") as Record<string, string>,
      newest: value === undefined ? { error: error ?? "" } : { value },
      others: others as Readonly<Record<string, Reading>>,
      verdict,
      note,
      detail: detail.get(file) ?? {},
    };
  });
}

function table(name: string): readonly Readonly<Record<string, string>>[] {
  const [header = "", ...rows] = lines(name);
  const names = header.split("\t");
  return rows.map((row) => Object.fromEntries(row.split("\t").map((cell, index) => [names[index] ?? "", cell])));
}

function lines(name: string): string[] {
  return readFileSync(join(probes, name), "utf8")
    .split("\n")
    .filter((line) => line !== "");
}
