// What a policy says, as the wasm answers it. schemas/violation.schema.json tells policies' authors the same.

import type { Fact } from "../document/violation.ts";

/** A path in the model; indices are 0-based. The empty path is the model itself. */
export type ModelPath = readonly (string | number)[];

/** One violation: where and with which facts. How grave it is and how it reads is said by the rule's page. */
export interface PolicyViolation {
  /** The rule's id. */
  readonly rule: string;
  /** Which of the page's messages; `default` when absent. */
  readonly case?: string;
  readonly at: ModelPath;
  /** Point at the key instead of the value. */
  readonly on?: "key" | "value";
  /** Keys are sorted. */
  readonly facts: Readonly<Record<string, Fact>>;
  /** Sorted by path. */
  readonly related?: readonly RelatedPlace[];
  readonly fix?: PolicyFix;
}

/** Another place that has to do with it; the page says what, by `case`. */
export interface RelatedPlace {
  readonly at: ModelPath;
  readonly case?: string;
}

/** The cure: a new value in the model's units (bytes, seconds), or none; at the violation's own place unless it names one. */
export type PolicyFix = { readonly at?: ModelPath; readonly set: unknown } | { readonly at?: ModelPath; readonly remove: true };

/**
 * A violation as read from the wasm, in one canonical form. Throws if it is none, which is a mistake in the policy;
 * the error names rule and field and holds no value.
 */
export function readViolation(said: unknown): PolicyViolation {
  if (!isRecord(said) || typeof said.rule !== "string") throw new Error("A policy said something that names no rule");
  const { rule, case: which, at, on, facts, related, fix } = said;
  const wrong =
    Object.keys(said).find((key) => !fields.has(key)) ??
    (isCase(which) ? undefined : "case") ??
    (isPath(at) ? undefined : "at") ??
    (on === undefined || on === "key" || on === "value" ? undefined : "on") ??
    (isRecord(facts) ? Object.keys(facts).find((key) => !isFact(facts[key])) : "facts") ??
    (related === undefined || (Array.isArray(related) && related.every(isRelated)) ? undefined : "related") ??
    (fix === undefined || isFix(fix) ? undefined : "fix");
  if (wrong !== undefined) throw new Error(`The policy ${rule} said a violation whose "${wrong}" is none or not of its kind`);
  const known = said as unknown as PolicyViolation;
  return {
    rule,
    ...(known.case !== undefined && { case: known.case }),
    at: known.at,
    ...(known.on !== undefined && { on: known.on }),
    facts: Object.fromEntries(Object.entries(known.facts).sort(([a], [b]) => compareTexts(a, b))),
    ...(known.related !== undefined && { related: known.related.map(canonicalPlace).sort(comparePlaces) }),
    ...(known.fix !== undefined && { fix: known.fix }),
  };
}

/** Orders violations by rule, then place, then whatever else they say; 0 only for equals. */
export function compareViolations(a: PolicyViolation, b: PolicyViolation): number {
  return compareTexts(a.rule, b.rule) || comparePaths(a.at, b.at) || compareTexts(JSON.stringify(a), JSON.stringify(b));
}

/** Orders paths as the model stands: step by step, indices by number and before keys, the shorter first. */
export function comparePaths(a: ModelPath, b: ModelPath): number {
  for (const [index, step] of a.entries()) {
    const other = b[index];
    if (other === undefined) return 1;
    if (step === other) continue;
    if (typeof step === "number") return typeof other === "number" ? step - other : -1;
    return typeof other === "number" ? 1 : compareTexts(step, other);
  }
  return a.length - b.length;
}

const fields: ReadonlySet<string> = new Set(["rule", "case", "at", "on", "facts", "related", "fix"]);

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function comparePlaces(a: RelatedPlace, b: RelatedPlace): number {
  return comparePaths(a.at, b.at) || compareTexts(a.case ?? "", b.case ?? "");
}

function canonicalPlace(place: RelatedPlace): RelatedPlace {
  return place.case === undefined ? { at: place.at } : { at: place.at, case: place.case };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isCase(value: unknown): boolean {
  return value === undefined || (typeof value === "string" && value !== "");
}

function isPath(value: unknown): boolean {
  return Array.isArray(value) && value.every((step) => typeof step === "string" || (Number.isInteger(step) && step >= 0));
}

function isFact(value: unknown): boolean {
  if (Array.isArray(value)) return value.every((one) => typeof one === "string" || typeof one === "number");
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}

function isRelated(value: unknown): boolean {
  if (!isRecord(value)) return false;
  return isPath(value.at) && isCase(value.case) && Object.keys(value).every((key) => key === "at" || key === "case");
}

function isFix(value: unknown): boolean {
  if (!isRecord(value) || !(value.at === undefined || isPath(value.at))) return false;
  const { at, ...cure } = value;
  return Object.keys(cure).length === 1 && ("set" in cure || cure.remove === true);
}
