// An object of the cluster as a source for lint: its YAML as kubectl prints it, under a name that says which object it is.

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
