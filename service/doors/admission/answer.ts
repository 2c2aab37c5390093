// What was judged as the API server and the person behind it are told: one message with all that denies, warnings with
// the rest, annotations for the audit log. The API server drops a warning with a control character and cuts long ones.

import type { AdmissionMode } from "../../settings/settings.ts";
import type { Judged, Ruling, Unresolved } from "./judge.ts";
import type { Review } from "./review.ts";

/** `dryrun`: only the audit log and the metrics tell of the findings. */
export type Result = "ok" | "dryrun" | "warn" | "deny" | "unresolved" | "error";

export interface Answer {
  readonly result: Result;
  readonly allowed: boolean;
  /** The whole response body. */
  readonly body: string;
}

const MOST_IN_MESSAGE = 10;
const MOST_CAUSES = 50;
const MOST_WARNINGS = 12;
const MESSAGE_LENGTH = 4096;
const WARNING_LENGTH = 120;

/** The answer to what was judged. `bundle` names the policies that did. */
export function answerTo(review: Review, judged: Extract<Judged, { readonly kind: "judged" | "unjudged" }>, bundle: string): Answer {
  if (judged.kind === "unjudged") return respond(review.uid, "ok", { bundle });
  const { rulings, unresolved } = judged;
  const said = [...rulings, ...unresolved.map(unresolvedRuling)];
  const denies = said.filter(({ mode }) => mode === "deny");
  const target = `${review.kind.toLowerCase()}/${review.name}`;
  const warnings = listed(said.filter(({ mode }) => mode === "warn").map((one) => cut(`[${one.rule}] ${target} ${one.field}: ${one.message}`, WARNING_LENGTH)));
  const rules = [...new Set(rulings.map(({ rule }) => rule))].sort().join(",");
  const result: Result = denies.length > 0 ? "deny" : resultOf(rulings, unresolved);
  return respond(review.uid, result, { bundle, warnings, rules, ...(denies.length === 0 ? {} : { denies }) });
}

/** An answer where nothing was judged: the object is too large, or natslint failed and the settings say what then. */
export function answerWithout(uid: string, allowed: boolean, why: string, bundle: string): Answer {
  const note = { rule: "natslint", field: "", message: why, severity: "error", mode: "deny" } as const;
  return respond(uid, "error", { bundle, ...(allowed ? { warnings: [cut(`[natslint] ${why}`, WARNING_LENGTH)] } : { denies: [note] }) });
}

function resultOf(rulings: readonly Ruling[], unresolved: readonly Unresolved[]): Result {
  const has = (mode: AdmissionMode): boolean => rulings.some((one) => one.mode === mode);
  if (has("warn")) return "warn";
  if (unresolved.length > 0) return "unresolved";
  return has("dryrun") ? "dryrun" : "ok";
}

const REASONS: Readonly<Record<Unresolved["reason"], string>> = {
  off: "the cluster is not asked",
  "not-synced": "the cluster has not been read yet",
  stale: "what is known of it is too old",
  "not-found": "it is not there",
  forbidden: "natslint may not read it",
  timeout: "the API server took too long",
  "api-down": "the API server does not answer",
};

function unresolvedRuling({ what, reason, mode }: Unresolved): Ruling {
  return { rule: "unresolved", severity: "warning", mode, field: "", message: `${what} is not known (${REASONS[reason]}), so what it decides was not judged` };
}

interface Parts {
  readonly bundle: string;
  readonly warnings?: readonly string[];
  readonly denies?: readonly Ruling[];
  readonly rules?: string;
}

function respond(uid: string, result: Result, { bundle, warnings = [], denies, rules = "" }: Parts): Answer {
  const allowed = denies === undefined;
  const status = allowed ? {} : { status: refusal(denies) };
  const response = {
    uid,
    allowed,
    ...status,
    ...(warnings.length === 0 ? {} : { warnings }),
    // An annotation's value may not be empty everywhere it goes, so rules are named only where there are any.
    auditAnnotations: { result, bundle, ...(rules === "" ? {} : { rules: cut(rules, 1024) }) },
  };
  return { result, allowed, body: JSON.stringify({ apiVersion: "admission.k8s.io/v1", kind: "AdmissionReview", response }) };
}

function refusal(denies: readonly Ruling[]): object {
  const count = `${denies.length} ${denies.length === 1 ? "problem" : "problems"}: `;
  const causes = denies
    .slice(0, MOST_CAUSES)
    .map(({ rule, field, message }) => ({ reason: rule, message: cut(message, 1024), ...(field === "" ? {} : { field }) }));
  return { status: "Failure", code: 403, reason: "Forbidden", message: `${count}${sentences(denies)}`, details: { causes } };
}

function sentences(denies: readonly Ruling[]): string {
  let text = "";
  for (const [index, { rule, field, message }] of denies.entries()) {
    const next = `${index === 0 ? "" : "; "}[${rule}] ${field === "" ? "" : `${field}: `}${cut(message, 600)}`;
    if (index === MOST_IN_MESSAGE || text.length + next.length > MESSAGE_LENGTH - 60) return `${text}; and ${denies.length - index} more`;
    text += next;
  }
  return text;
}

function listed(warnings: readonly string[]): string[] {
  const different = [...new Set(warnings)];
  if (different.length <= MOST_WARNINGS) return different;
  return [...different.slice(0, MOST_WARNINGS), `… and ${different.length - MOST_WARNINGS} more`];
}

/** One line of so many characters at most, without half a character at its end. */
function cut(text: string, most: number): string {
  const line = text
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, " ")
    .replace(/ {2,}/g, " ")
    .toWellFormed();
  const runes = [...line.slice(0, most * 2)];
  return runes.length <= most && line.length <= most * 2 ? line : `${runes.slice(0, most - 1).join("")}…`;
}
