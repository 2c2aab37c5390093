// Violations become findings: placed, graded, worded, told once, and suppressed where a comment says so.

import { createHash } from "node:crypto";
import type { TextViolation } from "../document/violation.ts";
import type { Origin } from "../document/node.ts";
import type { Model, ModelPath } from "../model/model.ts";
import { HIDDEN, redactLine } from "../model/secrets.ts";
import type { PolicyViolation } from "../policy/violation.ts";
import { type Catalogue, type Environment, messageOf, type Rule } from "../rule/rule.ts";
import type { Settings } from "../settings/settings.ts";
import { Lines, type Span } from "../source/position.ts";
import type { Source } from "../source/source.ts";
import { compareFindings, type Finding, type Fix, frameKey, type Place, type RelatedPlace } from "./finding.ts";
import { fixOf } from "./fix.ts";
import { isBlock, originOf, placeOf, spanOf, valueAt } from "./locate.ts";
import { graver, levelOf, refusalOf } from "./settle.ts";
import { type IgnoreAnnotation, suppressAll } from "./suppress-all.ts";

export type Said =
  | { readonly kind: "text"; readonly violation: TextViolation; readonly environment: Environment | null }
  | {
      readonly kind: "model";
      readonly violation: PolicyViolation;
      readonly model: Model;
      readonly release: string | null;
      readonly environment: Environment | null;
    };

/** Spans of a source that hold secrets, by path. */
export type SecretSpans = ReadonlyMap<string, readonly Span[]>;

export function settleAll(
  said: readonly Said[],
  sources: readonly Source[],
  settings: Settings,
  rules: Catalogue,
  secrets: SecretSpans,
  annotations: readonly IgnoreAnnotation[],
): { readonly findings: readonly Finding[]; readonly frames: ReadonlyMap<string, string> } {
  const lines = lazyLines(sources);
  const told = new Map<string, Finding>();
  for (const one of said) {
    const rule = rules.get(one.violation.rule);
    if (rule === undefined) throw new Error(`No page describes the rule "${one.violation.rule}"`);
    const severity = levelOf(rule, one.violation.case, one.environment, settings);
    if (severity === "off") continue;
    const placed = one.kind === "text" ? textPlace(one.violation, lines) : modelPlace(one.violation, one.model, rule, lines);
    if (placed === null) throw new Error(`${rule.id} speaks of a place that no source has`);
    const message = messageOf(rule, one.violation.case, one.violation.facts) + (placed.remark ?? "");
    // One value is accused once by one rule, by its gravest case; what is missing below a key may be several things.
    const key = `${rule.id}\n${placed.place.path}\n${placed.place.start.line}:${placed.place.start.column}\n${placed.exact === true ? "" : message}`;
    const before = told.get(key);
    const environments = [...new Set([...(before?.environments ?? []), ...(one.environment === null ? [] : [one.environment])])].sort();
    const worse = before === undefined || (severity === "error" && before.severity !== "error") || (severity === "warning" && before.severity === "info");
    const refuses = graver(refusalOf(rule, one.violation.case), before?.refuses ?? false);
    const fix = one.kind === "text" ? undefined : fixOf(one.violation, one.model, placed.place, lines);
    told.set(key, {
      ...placed.place,
      rule,
      severity: worse ? severity : before.severity,
      message: worse ? message : before.message,
      at: one.kind === "text" ? [] : one.violation.at,
      related: placed.related,
      environments,
      fingerprint: before?.fingerprint ?? fingerprint(rule, one, placed.place.path),
      suppressed: null,
      ...(refuses !== false && { refuses }),
      // What two releases want set differently is nothing certain.
      ...(fix !== undefined && (before === undefined || isSameFix(fix, before.fix)) && { fix }),
    });
  }
  const hide = hiding(sources, secrets);
  const findings = suppressAll(distinct([...told.values()]).map(hide), sources, annotations, settings, rules, lines);
  const frames = new Map<string, string>();
  const hidden = new Map<string, ReadonlyMap<number, readonly Span[]>>();
  for (const { path, start } of findings) {
    const [key, own] = [frameKey(path, start.line), lines(path)];
    if (frames.has(key) || own.text(start.line).length > LONGEST_LINE) continue;
    const spans = hidden.get(path) ?? byLine(secrets.get(path) ?? [], own);
    hidden.set(path, spans);
    frames.set(key, frameText(start.line, own, spans.get(start.line) ?? []));
  }
  return { findings, frames };
}

/** Of code frames, in UTF-16 code units: nobody reads a longer line, and finding what is secret in it takes long. */
const LONGEST_LINE = 20_000;

/** Takes secrets out of what is said, wherever else they were written: a key, a comment, a name. */
function hiding(sources: readonly Source[], secrets: SecretSpans): (finding: Finding) => Finding {
  const texts = new Set(
    sources.flatMap(({ path, text }) => (secrets.get(path) ?? []).map(({ start, end }) => text.slice(start, end).replace(/^["']|["']$/g, ""))),
  );
  // A short one, or a word, stands in sentences that have nothing to do with it.
  const telling = [...texts].filter((one) => one.length >= 8 && /[^A-Za-z_\s-]/.test(one));
  if (telling.length === 0) return (finding) => finding;
  const hide = (said: string): string => telling.reduce((left, one) => (left.includes(one) ? left.replaceAll(one, HIDDEN) : left), said);
  return (finding) => ({
    ...finding,
    message: hide(finding.message),
    related: finding.related.map((one) => ({ ...one, message: hide(one.message) })),
  });
}

function isSameFix(one: Fix, other: Fix | undefined): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

interface Placed {
  readonly place: Place;
  readonly related: readonly RelatedPlace[];
  /** Said after the message: that the value is a default. */
  readonly remark?: string;
  /** Is it the place of the very value, not of something above it? */
  readonly exact?: boolean;
}

function textPlace(violation: TextViolation, lines: (path: string) => Lines): Placed {
  const { origin, on } = violation;
  const span = on === "key" ? (origin.key ?? origin.span) : origin.span;
  return {
    place: placeOf(origin.path, span, lines(origin.path)),
    related: (violation.related ?? []).map((one) => ({
      ...placeOf(one.origin.path, one.origin.key ?? one.origin.span, lines(one.origin.path)),
      message: one.message,
    })),
  };
}

function modelPlace(violation: PolicyViolation, model: Model, rule: Rule, lines: (path: string) => Lines): Placed | null {
  const found = originOf(model, violation.at);
  if (found === null) return null;
  const { origin, own } = found;
  const place = placeOf(origin.path, spanOf(origin, own, violation.on, isBlock(valueAt(model.json, violation.at))), lines(origin.path));
  const related = (violation.related ?? []).flatMap((one) => {
    const other = originOf(model, one.at);
    if (other === null) return [];
    const message = messageOf(rule, one.case ?? "related", violation.facts);
    const span = spanOf(other.origin, other.own, undefined, isBlock(valueAt(model.json, one.at)));
    return [{ ...placeOf(other.origin.path, span, lines(other.origin.path)), message }];
  });
  const remark = defaultRemark(origin);
  const all = [...related, ...layers(origin, lines)];
  return remark === undefined ? { place, related: all, exact: own } : { place, related: all, remark };
}

/** The places that led to the value or that it overrides: an alias, a merge key, a lower layer. */
function layers(origin: Origin, lines: (path: string) => Lines): RelatedPlace[] {
  const words = { anchor: "used here", "merge key": "merged here", layer: "overridden here" };
  return (origin.via ?? []).flatMap((via) =>
    via.kind === "anchor" || via.kind === "merge key" || via.kind === "layer"
      ? [{ ...placeOf(via.path, via.span, lines(via.path)), message: words[via.kind] }]
      : [],
  );
}

function defaultRemark(origin: Origin): string | undefined {
  const via = origin.via?.find((one) => one.kind === "chart default");
  return via?.kind === "chart default" ? ` (the default of ${via.key} in ${via.chart})` : undefined;
}

/** Rule, file, release and the model path by names; what is said about the text where there is no model path. */
function fingerprint(rule: Rule, said: Said, path: string): string {
  const where =
    said.kind === "text"
      ? `${path}\n${JSON.stringify(Object.entries(said.violation.facts).sort(([a], [b]) => (a < b ? -1 : 1)))}`
      : `${path}\n${said.release ?? ""}\n${namedPath(said.model, said.violation.at)}`;
  return digest(`${rule.id}\n${said.violation.case ?? ""}\n${where}`);
}

/** Findings that would have the same fingerprint are told apart by their order. */
function distinct(findings: readonly Finding[]): Finding[] {
  const seen = new Map<string, number>();
  return [...findings].sort(compareFindings).map((finding) => {
    const before = seen.get(finding.fingerprint) ?? 0;
    seen.set(finding.fingerprint, before + 1);
    return before === 0 ? finding : { ...finding, fingerprint: digest(`${finding.fingerprint}\n${before}`) };
  });
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 32);
}

function namedPath(model: Model, at: ModelPath): string {
  return at
    .map((step, index) => {
      if (typeof step === "string") return step;
      const item = valueAt(model.json, at.slice(0, index + 1)) as Readonly<Record<string, unknown>> | null;
      const workload = item?.["workload"] as Readonly<Record<string, unknown>> | null | undefined;
      const name = item?.["name"] ?? item?.["key"] ?? item?.["user"] ?? workload?.["name"] ?? item?.["kind"];
      return typeof name === "string" ? `[${name}]` : `[${step}]`;
    })
    .join("/");
}

function lazyLines(sources: readonly Source[]): (path: string) => Lines {
  const texts = new Map(sources.map((source) => [source.path, source.text] as const));
  const made = new Map<string, Lines>();
  return (path) => {
    let lines = made.get(path);
    if (lines === undefined) {
      lines = new Lines(texts.get(path) ?? "");
      made.set(path, lines);
    }
    return lines;
  };
}

/** A line fit to be shown: spans that hold secrets are hidden, and what looks like one too. */
function frameText(line: number, lines: Lines, secrets: readonly Span[]): string {
  let text = lines.text(line);
  for (const span of secrets) {
    const start = lines.at(span.start);
    const end = lines.at(span.end);
    const from = line === start.line ? start.column - 1 : 0;
    const to = line === end.line ? end.column - 1 : text.length;
    text = text.slice(0, from) + "*".repeat(Math.max(0, Math.min(to, text.length) - from)) + text.slice(to);
  }
  return redactLine(text);
}

/** The secrets of each line, in the order in which they are told. */
function byLine(secrets: readonly Span[], lines: Lines): ReadonlyMap<number, readonly Span[]> {
  const found = new Map<number, Span[]>();
  for (const span of secrets)
    for (let line = lines.at(span.start).line; line <= lines.at(span.end).line; line++) {
      const there = found.get(line);
      if (there === undefined) found.set(line, [span]);
      else there.push(span);
    }
  return found;
}
