// SARIF 2.1.0: what code scanning services take.

import type { Finding, Place } from "../finding/finding.ts";
import { presetsOf } from "../rule/presets.ts";
import { type Catalogue, helpUri, type Rule, type Severity } from "../rule/rule.ts";
import type { Report } from "./report.ts";

const LEVEL: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", info: "note" };

/** `version` is natslint's own. All rules of the catalogue are listed, so that a run without findings says what was asked. */
export function sarifReport(report: Report, rules: Catalogue, version: string): string {
  const listed = [...rules.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  const index = new Map(listed.map((rule, position) => [rule.id, position] as const));
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "natslint",
            version,
            semanticVersion: version,
            informationUri: "https://github.com/natslint/natslint",
            rules: listed.map(descriptor),
          },
        },
        columnKind: "utf16CodeUnits",
        originalUriBaseIds: { ROOT: { description: { text: "The directory that natslint ran in" } } },
        artifacts: report.files.filter((file) => file.state === "linted").map((file) => ({ location: artifact(file.path) })),
        results: report.findings.map((finding) => result(finding, index.get(finding.rule.id) ?? -1)),
        invocations: [
          {
            executionSuccessful: true,
            toolExecutionNotifications: report.files
              .filter((file) => file.state === "unreadable" || file.state === "not-understood")
              .map((file) => ({
                level: file.state === "unreadable" ? "error" : "note",
                message: { text: file.why ?? "not understood" },
                locations: [{ physicalLocation: { artifactLocation: artifact(file.path) } }],
              })),
          },
        ],
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function descriptor(rule: Rule): object {
  const severity = rule.severity["default"];
  const level = typeof severity === "string" ? severity : (severity?.production ?? "warning");
  return {
    id: rule.id,
    name: rule.id.replace(/(^|-)(\w)/g, (_whole, _dash, letter: string) => letter.toUpperCase()),
    shortDescription: { text: rule.title },
    fullDescription: { text: rule.description },
    helpUri: helpUri(rule),
    help: { text: `${rule.description}\n\n${helpUri(rule)}`, markdown: `${rule.description}\n\n[${rule.id}](${helpUri(rule)})` },
    defaultConfiguration: level === "off" ? { enabled: false } : { enabled: presetsOf(rule).includes("recommended"), level: LEVEL[level] },
    properties: { tags: ["nats", rule.family, ...rule.tags], precision: rule.precision },
  };
}

function result(finding: Finding, ruleIndex: number): object {
  return {
    ruleId: finding.rule.id,
    ruleIndex,
    level: LEVEL[finding.severity],
    message: { text: finding.message },
    locations: [{ physicalLocation: physical(finding) }],
    ...(finding.related.length === 0
      ? {}
      : { relatedLocations: finding.related.map((one, id) => ({ id, message: { text: one.message }, physicalLocation: physical(one) })) }),
    partialFingerprints: { "natslint/v1": finding.fingerprint },
    ...(finding.suppressed === null ? {} : { suppressions: [{ kind: "inSource", justification: finding.suppressed.reason }] }),
    ...(finding.environments.length === 0 ? {} : { properties: { environments: finding.environments } }),
  };
}

function physical(place: Place): object {
  return {
    artifactLocation: artifact(place.path),
    region: { startLine: place.start.line, startColumn: place.start.column, endLine: place.end.line, endColumn: place.end.column },
  };
}

function artifact(path: string): object {
  return { uri: path.split("/").map(encodeURIComponent).join("/"), uriBaseId: "ROOT" };
}
