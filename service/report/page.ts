// A rule's page for a terminal: what the front matter says in a few lines, then the text, examples set in.

import { presetsOf } from "../rule/presets.ts";
import { helpUri, type Rule, type SeverityByEnvironment } from "../rule/rule.ts";
import { COLORS, type Paint, PLAIN } from "./paint.ts";

/** `markdown` is the page as written, front matter and all. */
export function pageReport(rule: Rule, markdown: string, colors: boolean): string {
  const paint = colors ? COLORS : PLAIN;
  const facts: (readonly [string, string])[] = [
    ["family", rule.family],
    ...Object.entries(rule.severity).map(([which, one]) => [which === "default" ? "severity" : `  ${which}`, levels(one)] as const),
    ...Object.entries(rule.options).map(([name, option]) => ["option", `${name} (${option.type}, default ${JSON.stringify(option.default)})`] as const),
    ["fix", { none: "by hand", safe: "safe", suggest: "suggested" }[rule.fix]],
    ["precision", rule.precision],
    ["presets", presetsOf(rule).join(", ")],
    ["found in", rule.dialects.join(", ")],
    ...(rule.natsAudit === null ? [] : [["nats audit", rule.natsAudit] as const]),
    ["since", `${rule.since} (${rule.priority})`],
    ["page", helpUri(rule)],
    ...rule.sources.map((source, index) => [index === 0 ? "sources" : "", source] as const),
  ];
  const width = Math.max(...facts.map(([name]) => name.length)) + 2;
  const head = [`${paint.bold(rule.id)}: ${rule.title}`, "", ...facts.map(([name, value]) => `  ${paint.dim(name.padEnd(width))}${value}`)];
  return `${[...head, "", ...body(markdown, paint)].join("\n").trimEnd()}\n`;
}

/** A severity in words: one word, or one for each environment. */
function levels(severity: SeverityByEnvironment): string {
  if (typeof severity === "string") return severity;
  return Object.entries(severity)
    .map(([environment, level]) => `${level} in ${environment}`)
    .join(", ");
}

/** The text below the title. Fences lose their backticks and say in front what they are. */
function body(markdown: string, paint: Paint): string[] {
  const lines = markdown
    .replace(/^---\n[\s\S]*?\n---\n/, "")
    .replace(/^\s*# .*\n/, "")
    .trim()
    .split("\n");
  let inFence = false;
  return lines.flatMap((line) => {
    const fence = /^```(.*)$/.exec(line);
    if (fence !== null) {
      inFence = !inFence;
      const label = inFence ? labelOf(fence[1] ?? "") : "";
      return label === "" ? [] : [paint.dim(`  ${label}`)];
    }
    if (inFence) return [line === "" ? "" : `    ${line}`];
    const heading = /^#+ (.*)$/.exec(line);
    return [heading === null ? line : paint.bold(heading[1] ?? "")];
  });
}

/** `yaml file=values.yaml chart=nats@2.14.2 environment=production` as a person says it. */
function labelOf(info: string): string {
  if (info.trim() === "report") return "natslint says:";
  const words = [...info.matchAll(/([\w.-]+)(?:=("[^"]*"|\S+))?/g)].slice(1);
  const file = words.find(([, key]) => key === "file")?.[2];
  const others = words.filter(([, key]) => key !== "file").map(([, key, value]) => (value === undefined ? key : `${key} ${value.replaceAll('"', "")}`));
  if (file === undefined) return others.length === 0 ? "" : `${others.join(", ")}:`;
  return `${file}${others.length === 0 ? "" : ` (${others.join(", ")})`}:`;
}
