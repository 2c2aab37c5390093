// One fault, one finding: no two rules speak of the same place of one configuration, unless it has two faults there.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readConf } from "../service/document/conf/read-conf.ts";
import { confText, includedPath, readConfFile } from "../service/host/conf-files.ts";
import type { Finding } from "../service/finding/finding.ts";
import type { Source } from "../service/source/source.ts";
import { findingsOf, reasonsOf } from "./conf-check.ts";
import { haveProbes, type Probe, probes, readProbes } from "./probes.ts";

/** Pairs of rules that may meet at one place, and why these are two faults. */
const TWO_FAULTS: Readonly<Record<string, string>> = {
  "cluster-name-required and js-cluster-routes-required": "a cluster block that has neither",
  "cluster-name-required and conf-duplicate-key": "the second of two cluster blocks, where the first has the name",
  "cluster-name-required and conf-parse-error": "a cluster block that has no name, with a line break too many before its brace",
  "default-password and password-leading-digit": "a password that everybody knows, and that the server cannot read",
  "password-leading-digit and plaintext-password-in-git": "a password in clear that the server cannot read either",
  "plaintext-password-in-git and value-unsafe-unquoted": "a password in clear that the server cannot read either",
  "name-not-ascii and value-unsafe-unquoted": "a hard space in a name, which is no ASCII and no space either",
  "conf-value-out-of-range and mixed-user-forms": "an nkey that is none, with a password beside it",
};

/** Rules about a configuration as a whole: they point at its beginning, whatever stands there. */
const WHOLE: ReadonlySet<string> = new Set(["auth-disabled"]);

/** The probe and all that it includes. */
function sourcesOf({ file, env }: Probe): [Source, ...Source[]] {
  const text = confText(readFileSync(join(probes, file)));
  const included = new Map<string, string>();
  readConf(text, {
    path: file,
    origin: (span) => ({ path: file, span }),
    environment: (name) => env[name],
    literal: true,
    include: (written, from) => {
      const target = includedPath(written, from);
      const read = readConfFile(target, probes);
      if ("problem" in read) return undefined;
      included.set(target, read.text);
      return { path: target, text: read.text };
    },
  });
  return [{ path: file, text }, ...[...included].map(([path, inner]) => ({ path, text: inner }))];
}

/** By the rules that met, the places where they did. */
function meetings(judge: (probe: Probe) => readonly Finding[]): Record<string, string[]> {
  const met: Record<string, string[]> = {};
  for (const probe of readProbes()) {
    const byPlace = new Map<string, Set<string>>();
    for (const { path, start, rule } of judge(probe)) {
      if (WHOLE.has(rule.id)) continue;
      const place = `${path}:${start.line}:${start.column}`;
      byPlace.set(place, (byPlace.get(place) ?? new Set()).add(rule.id));
    }
    for (const [place, found] of byPlace) {
      const rules = [...found].sort().join(" and ");
      if (found.size > 1 && TWO_FAULTS[rules] === undefined) (met[rules] ??= []).push(place);
    }
  }
  return met;
}

describe.skipIf(!haveProbes)("one fault of a recorded probe is one finding", { timeout: 120_000 }, () => {
  test("of a file among others", () => {
    expect(meetings((probe) => findingsOf(sourcesOf(probe)))).toEqual({});
  });

  test("of a file by itself", () => {
    expect(meetings((probe) => reasonsOf(sourcesOf(probe), { env: probe.env }))).toEqual({});
  });
});
