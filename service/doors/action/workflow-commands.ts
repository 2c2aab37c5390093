// Workflow commands: what a step prints so that the runner annotates files. Escaped as @actions/core escapes; that
// library itself would bring an HTTP client of 700 KB into the Action.

import type { Finding } from "../../finding/finding.ts";
import { hasSecret, line as clean } from "../../report/pull-request/sanitise.ts";
import { helpUri } from "../../rule/rule.ts";

/** The runner keeps so many annotations of each level from one step, and drops the others in silence. */
export const PER_LEVEL = 10;
/** The runner cuts messages there. */
const LONGEST = 4_096;

const COMMAND = { error: "error", warning: "warning", info: "notice" } as const;

/** One command on one line, without its line end. Properties that are empty are left out. */
export function command(name: string, properties: Readonly<Record<string, string | number>>, message: string): string {
  const said = Object.entries(properties).filter(([, value]) => value !== "" && value !== 0);
  const list = said.map(([key, value]) => `${key}=${escapeProperty(String(value))}`).join(",");
  return `::${name}${list === "" ? "" : ` ${list}`}::${escapeData(message)}`;
}

export interface Annotations {
  readonly lines: readonly string[];
  /** How many findings the runner would have dropped. */
  readonly left: number;
}

/** At most ten of each level, in the order given. */
export function annotations(findings: readonly Finding[]): Annotations {
  const lines = (["error", "warning", "info"] as const).flatMap((severity) =>
    findings
      .filter((one) => one.severity === severity)
      .slice(0, PER_LEVEL)
      .map(annotation),
  );
  return { lines, left: findings.length - lines.length };
}

function annotation(finding: Finding): string {
  const { path, start, end, rule, severity, environments } = finding;
  const text = [
    clean(finding.message),
    ...finding.related.map((one) => `${clean(one.path)}:${one.start.line}: ${clean(one.message)}`),
    ...(environments.length === 0 ? [] : [`In ${environments.join(", ")}.`]),
    helpUri(rule),
  ].join("\n");
  // GitHub takes columns only on one line.
  const columns = start.line === end.line ? { col: start.column, endColumn: Math.max(start.column, end.column - 1) } : {};
  // A path that holds a secret is told nobody.
  const properties = {
    title: `natslint: ${rule.id}`,
    file: hasSecret(path) ? "" : path,
    line: start.line,
    endLine: Math.max(start.line, end.line),
    ...columns,
  };
  return command(COMMAND[severity], properties, cut(text));
}

/** Never inside a surrogate pair. */
function cut(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1).replace(/[\ud800-\udbff]$/, "")}…`;
}

function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
