// Values of another kind than people think: words and numbers that YAML reads differently from how they look, and texts
// where a chart's template asks whether something is on. Looked at as they are written, before any default.

import { type Node, type Origin, scalar, type ScalarNode } from "../document/node.ts";
import type { TextViolation } from "../document/violation.ts";
import { type Candidates, placelessDefaults } from "./chart-facts.ts";
import type { DialectName } from "./charts.ts";
import { printed } from "./dialects/template.ts";
import { findKey } from "./fingerprints.ts";
import { isSecretKey } from "./secrets.ts";

/** What the rules `values-bool-as-string` and `yaml11-boolean` say of one layer of a chart's values. */
export function kindViolations(layer: Node, dialect: DialectName, chart: Candidates): TextViolation[] {
  const usual = placelessDefaults(chart);
  const found: TextViolation[] = [];
  walk(layer, []);
  return found;

  function walk(node: Node, path: readonly string[]): void {
    const last = path.at(-1) ?? "";
    // Maps of the API take any key; what is wrong there is said of the objects themselves.
    if (/annotations$|labels$|nodeSelector$|^env$|^matchLabels$/i.test(last)) return;
    if (node.kind === "list") for (const item of node.items) walk(item, path);
    else if (node.kind === "map") for (const [key, child] of node.entries) walk(child, [...path, key]);
    else if (node.kind === "scalar") for (const one of said(node, path.join("."), last)) found.push(one);
  }

  function said(node: ScalarNode, key: string, last: string): TextViolation[] {
    if (isSecretKey(last) || node.origin.via?.some(({ kind }) => kind === "template")) return [];
    const standard = findKey(usual, key);
    const kind = standard?.kind === "scalar" && standard.value !== null ? typeof standard.value : KNOWN[last];
    const { origin } = node;
    if (typeof node.value === "string") return kind === "boolean" ? textForSwitch(node.value, key, dialect, origin) : [];
    if (node.spelling?.style !== "plain" || node.value === null) return [];
    const { text } = node.spelling;
    const facts = { key, text, value: typeof node.value === "boolean" ? String(node.value) : printed(scalar(node.value, origin)) };
    if (kind === "string") return facts.value === text ? [] : [{ rule: "yaml11-boolean", case: "text", origin, facts }];
    return kind === "boolean" && typeof node.value === "boolean" && !/^(?:true|false)$/i.test(text) ? [{ rule: "yaml11-boolean", origin, facts }] : [];
  }
}

function textForSwitch(text: string, key: string, dialect: DialectName, origin: Origin): TextViolation[] {
  const isOff = /^(?:false|no|off|0)$/i.test(text);
  if (!isOff && !/^(?:true|yes|on|1)$/i.test(text)) return [];
  const isGate = !PRINTED.test(key) || (dialect === "stan" && key.startsWith("stan."));
  return [{ rule: "values-bool-as-string", ...(isOff && isGate && { case: "inverted" }), origin, facts: { key, text } }];
}

/** What keys take that have no default to tell it. */
const KNOWN: Readonly<Record<string, "boolean" | "string">> = {
  ...Object.fromEntries(["debug", "trace", "logtime", "enabled", "noAdvertise", "verify", "verifyAndMap"].map((key) => [key, "boolean"] as const)),
  ...Object.fromEntries(
    ["tag", "nameOverride", "fullnameOverride", "clusterID", "username", "user", "group", "name", "serverName"].map((key) => [key, "string"] as const),
  ),
};

/** Keys that templates hand on instead of asking whether they are true: there the text arrives as it is. */
const PRINTED =
  /(?:^|\.)(?:noAdvertise|debug|trace|logtime|verify|verifyAndMap|insecure|allowNonTLS|runAs\w+|readOnly\w+|privileged|allowPrivilegeEscalation|automount\w+|hostNetwork|merge\..*)$|^debug\./;
