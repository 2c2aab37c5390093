// One review judged: the object as a source, the old one as its base, what stands around it beside it. Pure, and the same
// for the same input; what it knows of the cluster it is given.

import { objectPath, sourceWithin } from "../../host/cluster/object-source.ts";
import type { ClusterObject, ObjectName, Related, UnknownReason } from "../../host/cluster/surroundings.ts";
import { type Engine, lint } from "../../lint.ts";
import { fieldsOf } from "../../document/field-path.ts";
import type { Finding } from "../../finding/finding.ts";
import { looksRelevant } from "../../model/looks-relevant.ts";
import type { Severity } from "../../rule/rule.ts";
import type { AdmissionMode, ClusterFacts, Settings } from "../../settings/settings.ts";
import type { Source } from "../../source/source.ts";
import { mild, unjudged } from "./exemptions.ts";
import { type Cap, capped, modeOf } from "./modes.ts";
import { type JsonObject, record, type Review } from "./review.ts";

/** What is known around the object. `scaled` is the workload of a Scale. */
export interface Around {
  readonly facts: ClusterFacts | null;
  readonly related: readonly Related[];
  readonly scaled: Related | null;
}

/** Which objects to ask the cluster for. */
export interface Asked {
  /** What is to be found beside this object. Null when the scaled workload has to be found first. */
  readonly object: ClusterObject | null;
  readonly scaled: ObjectName | null;
  readonly namespace: string | null;
}

/** A finding, and what it does to the request. */
export interface Ruling {
  readonly rule: string;
  readonly severity: Severity;
  readonly mode: AdmissionMode;
  readonly field: string;
  readonly message: string;
}

export interface Unresolved {
  readonly what: string;
  readonly reason: UnknownReason;
  readonly mode: Exclude<AdmissionMode, "off">;
}

export type Judged =
  | { readonly kind: "unjudged"; readonly why: string }
  | { readonly kind: "too large" }
  | { readonly kind: "ask"; readonly asked: Asked }
  | { readonly kind: "judged"; readonly rulings: readonly Ruling[]; readonly unresolved: readonly Unresolved[] };

export interface JudgeOptions {
  readonly engine: Engine;
  readonly settings: Settings;
  readonly cap: Cap;
  /** Characters of one object's text. */
  readonly largest: number;
}

/** Objects that may belong to a server though nothing in them names NATS. */
const COMPANIONS = ["Service", "ConfigMap", "PersistentVolumeClaim", "PodDisruptionBudget", "NetworkPolicy", "Ingress"];

/** Judges a review. `around` undefined: the cluster can be asked; null: it cannot. */
export function judge(review: Review, around: Around | null | undefined, options: JudgeOptions): Judged {
  const why = unjudged(review);
  if (why !== null) return { kind: "unjudged", why };
  if (review.subResource === "scale") return judgeScale(review, around, options);
  const { object, oldObject, namespace } = review;
  const path = objectPath({ kind: review.kind, name: review.name || "new", namespace });
  const own = sourceOf(object, namespace, path, options);
  if (own === null) return { kind: "too large" };
  const isRelevant = looksRelevant(own.text);
  if (!isRelevant && (around === null || !COMPANIONS.includes(review.kind))) return { kind: "unjudged", why: "nothing in it has to do with NATS" };
  if (around === undefined) return { kind: "ask", asked: { object: withoutOwners(object ?? {}, namespace), scaled: null, namespace } };
  const old = oldObject === null ? null : sourceOf(oldObject, namespace, path, options);
  return { kind: "judged", ...settled({ review, own, old, around, options, isMild: mild(review) !== null, isTold: () => true }) };
}

/** A Scale says a number only: the workload that it is about is judged with the number in it. */
function judgeScale(review: Review, around: Around | null | undefined, options: JudgeOptions): Judged {
  const kind = KINDS[review.resource];
  if (kind === undefined) return { kind: "unjudged", why: "no rule is about this kind's scale" };
  const { namespace, name } = review;
  const scaled: ObjectName = { apiVersion: "apps/v1", kind, namespace, name };
  if (around === undefined) return { kind: "ask", asked: { object: null, scaled, namespace } };
  const found = around?.scaled?.found;
  if (found?.state !== "present") {
    const reason = found?.state === "unknown" ? found.reason : found === undefined ? "off" : "not-found";
    return {
      kind: "judged",
      rulings: [],
      unresolved: unresolvedOf([{ object: scaled, by: "the scale", found: { state: "unknown", reason } }], review, options),
    };
  }
  const path = objectPath(scaled);
  const at = (replicas: unknown): Source | null => sourceOf(withReplicas(found.value, replicas), namespace, path, options);
  const own = at(record(review.object?.["spec"])?.["replicas"]);
  const old = at(record(review.oldObject?.["spec"])?.["replicas"]);
  if (own === null) return { kind: "too large" };
  if (!looksRelevant(own.text)) return { kind: "unjudged", why: "nothing in it has to do with NATS" };
  // What the number did not bring about is no matter of who sets the number.
  const isTold = (field: string, wasSo: boolean): boolean => !wasSo || field === "spec.replicas";
  return { kind: "judged", ...settled({ review, own, old, around, options, isMild: mild(review) !== null, isTold }) };
}

const KINDS: Readonly<Record<string, string>> = { statefulsets: "StatefulSet", deployments: "Deployment" };

interface Case {
  readonly review: Review;
  readonly own: Source;
  readonly old: Source | null;
  readonly around: Around | null;
  readonly options: JudgeOptions;
  readonly isMild: boolean;
  readonly isTold: (field: string, wasSo: boolean) => boolean;
}

function settled({ review, own, old, around, options, isMild, isTold }: Case): {
  readonly rulings: readonly Ruling[];
  readonly unresolved: readonly Unresolved[];
} {
  const beside = besideOf(around, own.path, options);
  const { settings, engine, cap } = options;
  const told = {
    ...settings,
    named: [own, ...beside].map(({ path }) => path),
    cluster: around?.facts == null ? settings.cluster : { ...around.facts, ...settings.cluster },
  };
  const findingsOf = (one: Source, base: readonly Source[] | undefined): readonly Finding[] =>
    lint([one, ...beside], told, engine, base === undefined ? {} : { base }).findings.filter(
      ({ path, suppressed }) => path === own.path && suppressed === null,
    );
  const base = review.operation === "CREATE" ? [] : old === null ? undefined : [old, ...beside];
  const findings = findingsOf(own, base);
  const modes = findings.map(({ rule, severity }) => modeOf(settings.admission, rule.id, severity, review.namespace, cap));
  // The old object is looked at only where that may change the answer.
  const asks = old !== null && (modes.includes("deny") || review.subResource === "scale");
  const before = new Set(asks && old !== null ? findingsOf(old, undefined).map(({ fingerprint }) => fingerprint) : []);
  const fieldAt = fieldsOf(own);
  const rulings = findings.flatMap(({ rule, severity, message, fingerprint, start }, index): Ruling[] => {
    const mode = modes[index] ?? "off";
    const field = fieldAt(start);
    const wasSo = before.has(fingerprint);
    if (mode === "off" || !isTold(field, wasSo)) return [];
    return [{ rule: rule.id, severity, message, field, mode: wasSo || isMild ? capped(mode, "warn") : mode }];
  });
  return { rulings, unresolved: unresolvedOf(around?.related ?? [], review, options, isMild) };
}

/** Objects beside it as sources; of what is under review the request's own object counts, not what a cache has. */
function besideOf(around: Around | null, ownPath: string, options: JudgeOptions): Source[] {
  const known = new Map<string, Source>();
  for (const { object, found } of around?.related ?? []) {
    const path = objectPath(object);
    if (found.state !== "present" || path === ownPath || object.kind === "Secret") continue;
    const source = sourceOf(found.value, object.namespace, path, options);
    if (source !== null) known.set(path, source);
  }
  return [...known.values()];
}

function unresolvedOf(related: readonly Related[], { operation, namespace }: Review, { settings, cap }: JudgeOptions, isMild = false): Unresolved[] {
  return related.flatMap(({ object, found, by }): Unresolved[] => {
    if (found.state !== "unknown" && found.state !== "absent") return [];
    const reason = found.state === "unknown" ? found.reason : "not-found";
    if (object.kind === "Secret") return [];
    const usual = reason === "not-found" && operation === "CREATE" ? "allow" : "warn";
    const said = settings.admission.onUnresolved ?? usual;
    const mode = said === "allow" ? "dryrun" : capped(said, isMild ? capped("warn", cap) : cap);
    const isOff = modeOf(settings.admission, "", "error", namespace, cap) === "off";
    return isOff ? [] : [{ what: `${object.kind.toLowerCase()}/${object.name} (${by})`, reason, mode }];
  });
}

function sourceOf(object: JsonObject | null, namespace: string | null, path: string, { largest }: JudgeOptions): Source | null {
  return sourceWithin(object ?? {}, namespace, path, largest);
}

/** What is sent to ask by: without its fields' owners, which are often half of it. */
function withoutOwners(object: JsonObject, namespace: string | null): ClusterObject {
  const { managedFields: _, ...metadata } = record(object["metadata"]) ?? {};
  return { ...object, metadata: { ...metadata, ...(namespace === null ? {} : { namespace }) } } as unknown as ClusterObject;
}

function withReplicas(object: JsonObject, replicas: unknown): JsonObject {
  return { ...object, spec: { ...record(object["spec"]), replicas: typeof replicas === "number" ? replicas : 0 } };
}
