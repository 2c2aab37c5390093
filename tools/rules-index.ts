// docs/rules.md, printed from the pages: all rules by family, what decides whether they are heard, and where they are found.
import { levelIn, presetsOf } from "../service/rule/presets.ts";
import type { Rule } from "../service/rule/rule.ts";
import { FAMILIES } from "./families.ts";

/** The whole page. */
export function rulesIndex(rules: readonly Rule[]): string {
  const families = FAMILIES.map((family) => [family, rules.filter((rule) => rule.family === family).sort(byId)] as const).filter(([, own]) => own.length > 0);
  return `# Rules

This page is printed from the pages of the rules by \`npm run accept:docs\`; nothing in it is written by hand. The severity is
that in production, of the gravest case. Presets are told of in [settings.md](settings.md#presets); a rule without a remark
is in \`recommended\`.

${families.map(([family, own]) => section(family, own)).join("\n\n")}

## The checks of \`nats audit\`

\`nats audit\` of the \`nats\` command looks at running servers. These rules see the same before they run:

${rows(["check", "rule"], audited(rules))}
`;
}

function section(family: string, own: readonly Rule[]): string {
  const lines = own.map((rule) => [link(rule), `${rule.title}${remark(rule)}`, gravest(rule), rule.fix === "none" ? "" : rule.fix, rule.dialects.join(" ")]);
  return `## ${family}\n\n${rows(["rule", "what it finds", "severity", "fix", "found in"], lines)}`;
}

function audited(rules: readonly Rule[]): string[][] {
  const found = rules.flatMap((rule) => (rule.natsAudit === null ? [] : [[rule.natsAudit, rule] as const]));
  return found.sort(([a, one], [b, other]) => (a === b ? byId(one, other) : a < b ? -1 : 1)).map(([check, rule]) => [check, link(rule)]);
}

function gravest({ severity }: Rule): string {
  const levels = Object.values(severity).map((one) => levelIn(one, "production"));
  return (["error", "warning", "info", "off"] as const).find((level) => levels.includes(level)) ?? "off";
}

function remark(rule: Rule): string {
  const presets = presetsOf(rule);
  return presets.includes("recommended") ? "" : ` (only in ${presets.map((preset) => `\`${preset}\``).join(", ")})`;
}

function link({ family, id }: Rule): string {
  return `[${id}](../rules/${family}/${id}.md)`;
}

function rows(head: readonly string[], lines: readonly (readonly string[])[]): string {
  const row = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [row(head), `|${head.map(() => "---|").join("")}`, ...lines.map(row)].join("\n");
}

function byId(one: Rule, other: Rule): number {
  return one.id < other.id ? -1 : 1;
}
