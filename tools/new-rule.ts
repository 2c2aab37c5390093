// Begins a rule: npm run new-rule <family> <id> [--service]. What it writes says nothing yet, and tests fail until it does.
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { FAMILIES } from "./families.ts";
import { root } from "./opa.ts";
import { readPages } from "./rule-page.ts";

/** What a new rule's files hold. A rule that natslint's own code judges has no policy. */
export function newRule(family: string, id: string, judge: "policy" | "service"): Readonly<Record<string, string>> {
  return {
    [`rules/${family}/${id}.md`]: page(judge),
    ...(judge === "policy" && { [`policies/${family}/${id}.rego`]: policy(id) }),
  };
}

function page(judge: "policy" | "service"): string {
  return `---
severity: { production: warning, staging: info, development: off }
fix: none
since: 0.1.0
priority: P1
precision: very-high
dialects: [nats-1x]
${judge === "service" ? "judge: service\n" : ""}messages:
  default: "TODO: what is, with {value} in it; and why it hurts"
sources:
  - https://docs.nats.io/TODO
---
# TODO: the bad thing, as a title

TODO: why it matters, in two or three sentences.

## Wrong

\`\`\`yaml file=values.yaml chart=nats@2.14.2 environment=production
config:
  cluster:
    enabled: true
\`\`\`

\`\`\`report
\`\`\`

## Right

\`\`\`yaml file=values.yaml chart=nats@2.14.2 environment=production
config:
  cluster:
    enabled: true
\`\`\`

## When to ignore it

TODO: who may do so, and why.
`;
}

function policy(id: string): string {
  return `# TODO: what is bad, or why, in one sentence.
package natslint.rules["${id}"]

violations contains {
	"at": ["servers", i, "config", "server_name"],
	"facts": {"value": value},
} if {
	some i, server in input.model.servers
	value := server.config.server_name
	value == "TODO"
}
`;
}

function main(args: readonly string[]): void {
  const [family = "", id = ""] = args.filter((arg) => !arg.startsWith("--"));
  const wrong = complaint(family, id);
  if (wrong !== null) {
    process.stderr.write(`${wrong}\nnpm run new-rule <family> <id>, with -- --service for a rule without a policy\n`);
    process.exitCode = 2;
    return;
  }
  for (const [path, text] of Object.entries(newRule(family, id, args.includes("--service") ? "service" : "policy"))) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
    process.stdout.write(`${path}\n`);
  }
}

function complaint(family: string, id: string): string | null {
  if (!FAMILIES.includes(family)) return `"${family}" is no family; they are ${FAMILIES.join(", ")}`;
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)+$/.test(id)) return `"${id}" is no id: it names the bad thing in lower case, with dashes between words`;
  const taken = readPages(root).pages.find((one) => one.id === id || one.front.aliases?.includes(id) === true);
  if (taken !== undefined) return `${taken.path} has that id, or had it`;
  const there = [`rules/${family}/${id}.md`, `policies/${family}/${id}.rego`].find((path) => existsSync(join(root, path)));
  return there === undefined ? null : `${there} is there already`;
}

if (process.argv[1] === import.meta.filename) main(process.argv.slice(2));
