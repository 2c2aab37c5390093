// What the check of a commit says: the verdict, all findings as annotations, and what was not checked. It is the source
// of truth; comments are a view of it. Every run ends with one of these, whatever happened.

import { helpUri } from "../../rule/rule.ts";
import type { Desired, DesiredFinding } from "./desired.ts";
import { fit, MOST } from "./fit.ts";
import { listItem, why } from "./inline-comment.ts";
import { hasSecret, line, sentence } from "./sanitise.ts";
import { countsLine, countsTable, plural, uncheckedDetails, verdict } from "./summary.ts";

/** GitHub takes so many annotations in one request, and adds those of the next one. */
const BATCH = 50;
/** More of them help nobody, and each batch is a call. */
const MOST_ANNOTATIONS = 500;

export interface CheckRun {
  readonly conclusion: "success" | "failure" | "neutral" | "cancelled";
  readonly output: { readonly title: string; readonly summary: string; readonly text?: string };
  /** In batches of fifty; the first goes with the output. */
  readonly batches: readonly (readonly Annotation[])[];
  /** Buttons, where something can be done by pressing one. */
  readonly actions: readonly CheckAction[];
}

/** As GitHub's API names it. */
export interface Annotation {
  readonly path: string;
  readonly start_line: number;
  readonly end_line: number;
  readonly start_column?: number;
  /** Inclusive. */
  readonly end_column?: number;
  readonly annotation_level: "failure" | "warning" | "notice";
  readonly message: string;
  readonly title: string;
}

export interface CheckAction {
  readonly label: string;
  readonly description: string;
  readonly identifier: string;
}

/** What a check ends with when part of the work failed and nothing that was found does: `on-error`. */
export type OnError = "fail" | "neutral";

export interface CheckOptions {
  /** How many findings people resolved or hid; they count all the same. */
  readonly acknowledged: number;
  /** A sentence about what natslint itself could not do, or null. */
  readonly fault: string | null;
  readonly onError: OnError;
  /** May natslint write to the branch? Then there is a button for it. */
  readonly canCommit: boolean;
}

/** The button that applies what natslint is certain of. */
export const APPLY_FIXES = "apply-fixes";

export function checkRun(desired: Desired, { acknowledged, fault, onError, canCommit }: CheckOptions): CheckRun {
  const { findings, failing, linted, notes, unchecked } = desired;
  const nothing = findings.length === 0 && linted === 0 && fault === null;
  const annotations = annotationsOf(findings);
  const left = findings.length - annotations.length;
  const summary = [
    nothing ? "Nothing in this change has to do with NATS." : `natslint: ${verdict(desired)}.`,
    countsLine(desired, acknowledged),
    ...(fault === null ? [] : [`**natslint failed**: ${sentence(fault)}`]),
    ...notes.map((note) => `> ${sentence(note)}`),
    countsTable(findings, MOST / 2),
    left === 0 ? "" : `${plural(left, "finding")} without an annotation.`,
    `natslint ${desired.version}`,
  ];
  const text = [fit(findings.map(listItem), MOST * 0.8, (count) => `- and ${count} more`), uncheckedDetails(unchecked, MOST / 10)];
  return {
    conclusion: failing > 0 || (fault !== null && onError === "fail") ? "failure" : fault === null ? "success" : "neutral",
    output: {
      title: nothing ? "nothing to lint" : fault !== null && findings.length === 0 ? "natslint failed" : verdict(desired),
      summary: summary.filter((part) => part !== "").join("\n\n"),
      ...(text.some((part) => part !== "") && { text: text.filter((part) => part !== "").join("\n\n") }),
    },
    batches: batchesOf(annotations),
    actions:
      canCommit && findings.some(({ suggestion }) => suggestion !== null)
        ? [{ label: "Apply the fixes", description: "Commits the fixes natslint is sure of", identifier: APPLY_FIXES }]
        : [],
  };
}

/** The check of a commit that is not the head any more, or of a pull request that closed meanwhile. */
export function supersededCheck(because: string): CheckRun {
  return { conclusion: "cancelled", output: { title: "superseded", summary: sentence(because) }, batches: [], actions: [] };
}

/** The check of a commit that could not be linted at all; says that it was natslint. */
export function failedCheck(because: string, onError: OnError): CheckRun {
  return {
    conclusion: onError === "fail" ? "failure" : "neutral",
    output: { title: "natslint failed", summary: `natslint itself failed, and found out nothing about this change: ${sentence(because)}` },
    batches: [],
    actions: [],
  };
}

/** Annotations need no diff, but a path; one that holds a secret is sent nowhere. */
function annotationsOf(findings: readonly DesiredFinding[]): Annotation[] {
  return findings
    .filter(({ finding }) => !hasSecret(finding.path))
    .slice(0, MOST_ANNOTATIONS)
    .map(({ finding }): Annotation => {
      const { path, start, end, severity, message, rule, environments } = finding;
      const where = environments.length === 0 ? "" : ` (${environments.join(", ")})`;
      const columns = end.line === start.line ? { start_column: start.column, end_column: Math.max(start.column, end.column - 1) } : {};
      return {
        path,
        start_line: start.line,
        end_line: end.line,
        ...columns,
        annotation_level: ({ error: "failure", warning: "warning", info: "notice" } as const)[severity],
        message: `${line(message)}${where}\n\n${why(rule)}\n${helpUri(rule)}`,
        title: line(rule.id, 255),
      };
    });
}

function batchesOf(annotations: readonly Annotation[]): Annotation[][] {
  return Array.from({ length: Math.ceil(annotations.length / BATCH) }, (_, index) => annotations.slice(index * BATCH, (index + 1) * BATCH));
}
