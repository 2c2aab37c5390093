// An object of the cluster as a source for lint, under a name that says which object it is: as kubectl prints it where people
// look at its lines, and as JSON where nobody does, because that is many times quicker.

import { printJson } from "../../document/json/print-json.ts";
import { printYaml } from "../../document/yaml/data.ts";
import type { Source } from "../../source/source.ts";
import { isRecord, LAST_APPLIED } from "./resources.ts";
import type { ClusterObject, ObjectName } from "./surroundings.ts";

/**
 * `messaging/nats.statefulset.yaml`. Objects of one namespace lie in one folder, because what lies in one folder is in sight
 * of each other; and the kind stands behind the name, since a ConfigMap `nats.conf` would else look like a configuration.
 */
export function objectPath({ kind, namespace, name }: Pick<ObjectName, "kind" | "namespace" | "name">): string {
  return `${namespace ?? "cluster"}/${name}.${kind.toLowerCase()}.yaml`;
}

/** The namespace is that of the request where the object itself does not say it. */
export function objectSource(object: ClusterObject, namespace: string | null = object.metadata.namespace ?? null): Source {
  const { kind, metadata } = object;
  return { path: objectPath({ kind, namespace, name: metadata.name ?? "" }), text: printYaml(printed(object, namespace)) };
}

/** Deeper than this, or with a longer key, nothing is an object that NATS has to do with, and YAML has limits of its own. */
const DEEPEST = 200;
const LONGEST_KEY = 900;

/**
 * An object that nobody has looked at yet as JSON, under a path of its own: null when its text would be longer than
 * `most` characters, or when it is nested as nothing is that people write.
 */
export function sourceWithin(object: Readonly<Record<string, unknown>>, namespace: string | null, path: string, most: number): Source | null {
  const kept = printed({ ...object, metadata: isRecord(object["metadata"]) ? object["metadata"] : {} } as unknown as ClusterObject, namespace);
  if (leastLength(kept, 0, most) > most) return null;
  const text = printJson(kept);
  return text.length > most ? null : { path, text };
}

/** Characters that the text of a value has at least; more than `most` as soon as it is clear, and where it is nested too deep. */
function leastLength(value: unknown, depth: number, most: number): number {
  if (typeof value === "string") return value.length;
  if (typeof value !== "object" || value === null) return 1;
  if (depth > DEEPEST) return Number.POSITIVE_INFINITY;
  let length = 0;
  for (const [key, member] of Object.entries(value)) {
    if (key.length > LONGEST_KEY) return Number.POSITIVE_INFINITY;
    length += depth + (Array.isArray(value) ? 2 : key.length + 3) + leastLength(member, depth + 1, most);
    if (length > most) return length;
  }
  return length;
}

/**
 * Without what the server writes about itself, none of which stands in front of anything else: managedFields, which kubectl
 * does not show, and status, which comes last. The copy that `kubectl apply` keeps is emptied, and its lines stay.
 */
function printed({ status: _status, ...object }: ClusterObject, namespace: string | null): object {
  const { managedFields: _fields, annotations, ...metadata } = object.metadata as Readonly<Record<string, unknown>>;
  const kept = isRecord(annotations) && LAST_APPLIED in annotations ? { ...annotations, [LAST_APPLIED]: "{}\n" } : annotations;
  return {
    ...object,
    metadata: { ...metadata, ...(kept === undefined ? {} : { annotations: kept }), ...(namespace === null ? {} : { namespace }) },
  };
}
