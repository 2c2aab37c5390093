// What all rules say of the files in a folder, as the built natslint finds it: to be read by people, rule by rule.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import type { PrintedReport } from "../service/report/json.ts";
import { root } from "./opa.ts";
import { table } from "./text-table.ts";

/** How often each rule speaks and in how many files, the loudest first; with `ids`, each finding of these rules in a line. */
export function corpusFindings(folder: string, ids: readonly string[]): string {
  const { stdout, stderr, status } = spawnSync(process.execPath, [join(root, "dist/cli.js"), "--preset", "strict", "--format", "json", folder], {
    encoding: "utf8",
    maxBuffer: 2 ** 30,
  });
  if (status !== 0 && status !== 1) throw new Error(`natslint ${folder} ended with ${status}: ${stderr}`);
  const { findings: all, files } = JSON.parse(stdout) as PrintedReport;
  const findings = all.filter(({ suppressed }) => suppressed === null);
  if (ids.length > 0) {
    const own = findings.filter(({ rule }) => ids.includes(rule));
    return own.map(({ rule, path, start, severity, message }) => `${path}:${start.line}:${start.column}: ${severity}: ${message} [${rule}]\n`).join("");
  }
  const rules = [...new Set(findings.map(({ rule }) => rule))].map((rule) => {
    const own = findings.filter((one) => one.rule === rule);
    return [rule, own.length, new Set(own.map(({ path }) => path)).size] as const;
  });
  const rows = rules.sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  const linted = files.filter(({ state }) => state === "linted").length;
  const sum = ["all", findings.length, new Set(findings.map(({ path }) => path)).size];
  return `${table([["rule", "findings", "files"], ...rows, sum])}${linted} of ${files.length} files are about NATS\n`;
}
