// The environment that a container's process sees, as far as manifests tell: what `$NAME` in a configuration
// and `$(NAME)` in arguments stand for.

import { Buffer } from "node:buffer";
import { at, isUnset, type MapNode, type Node, type Origin, text } from "../../document/node.ts";
import { imageName } from "./server-image.ts";

/** What a name stands for. */
export interface EnvironmentValue {
  /** Null when the variable has a value, or may have one, that is not known. */
  readonly value: string | null;
  /**
   * `undefined` is certainly not set. `field` comes from the cluster, the node or the image, or may come from there:
   * also the answer where nobody can tell whether the variable is set.
   */
  readonly from: "value" | "secret" | "configMap" | "field" | "undefined";
  /** Where the value, or the reference to it, is written. */
  readonly origin?: Origin;
}

export type Environment = (name: string) => EnvironmentValue;

/** Finds a ConfigMap or Secret of the pod's namespace; undefined when it is not in sight. */
export type Lookup = (kind: "ConfigMap" | "Secret", name: string) => MapNode | undefined;

const UNSET: EnvironmentValue = { value: null, from: "undefined" };
const UNSURE: EnvironmentValue = { value: null, from: "field" };

/**
 * The container's variables in Kubernetes' order: `env` wins over `envFrom`, later entries over earlier ones, and a
 * `$(NAME)` in a value sees only what was defined before it.
 */
export function environment(container: MapNode, lookup: Lookup): Environment {
  const known = new Map<string, EnvironmentValue>();
  const prefixes: { readonly prefix: string; readonly from: EnvironmentValue }[] = [];
  const fallback = outside(container);
  const resolve: Environment = (name) => {
    // A source that is not in sight may hold any name that begins with its prefix, also one that an earlier source has.
    const hidden = prefixes.find(({ prefix }) => name.startsWith(prefix));
    return known.get(name) ?? hidden?.from ?? fallback(name);
  };
  readSources(at(container, "envFrom"), known, prefixes, lookup);
  const list = at(container, "env");
  if (list !== undefined && list.kind !== "list") return isUnset(list) ? resolve : unsure(list.origin, new Map());
  const before = new Map<string, EnvironmentValue>();
  for (const entry of list?.kind === "list" ? list.items : []) {
    const name = text(at(entry, "name"));
    // An entry of unknown name may set any variable, unless a later entry sets it again.
    if (name === undefined) return unsure(entry.origin, certainAfter(list?.kind === "list" ? list.items : [], entry, lookup));
    const variable = readEntry(entry, before, resolve, lookup);
    // An optional reference to nothing sets nothing.
    if (variable.from === "undefined") continue;
    before.set(name, variable);
    known.set(name, variable);
  }
  return resolve;
}

/** What the entries behind one of unknown name still say for certain. */
function certainAfter(items: readonly Node[], entry: Node, lookup: Lookup): ReadonlyMap<string, EnvironmentValue> {
  const found = new Map<string, EnvironmentValue>();
  for (const one of items.slice(items.indexOf(entry) + 1)) {
    const name = text(at(one, "name"));
    if (name === undefined) found.clear();
    else
      found.set(
        name,
        readEntry(one, found, () => UNSURE, lookup),
      );
  }
  return found;
}

function unsure(origin: Origin, certain: ReadonlyMap<string, EnvironmentValue>): Environment {
  return (name) => certain.get(name) ?? { ...UNSURE, origin };
}

function readEntry(entry: Node, before: ReadonlyMap<string, EnvironmentValue>, others: Environment, lookup: Lookup): EnvironmentValue {
  const { origin } = entry;
  const from = at(entry, "valueFrom");
  const value = at(entry, "value");
  if (from !== undefined && !isUnset(from)) {
    if (from.kind !== "map") return { ...UNSURE, origin };
    for (const [key, kind] of [
      ["secretKeyRef", "Secret"],
      ["configMapKeyRef", "ConfigMap"],
    ] as const) {
      const reference = from.entries.get(key);
      if (reference !== undefined) return referenced(reference, kind, lookup);
    }
    if (from.entries.has("fieldRef") || from.entries.has("resourceFieldRef")) return { value: null, from: "field", origin: from.origin };
    return { ...UNSURE, origin };
  }
  if (isUnset(value)) return entry.kind === "map" && entry.incomplete === undefined ? { value: "", from: "value", origin } : { ...UNSURE, origin };
  if (value?.kind !== "scalar") return { value: null, from: "value", origin: value?.origin ?? origin };
  const written = typeof value.value === "string" ? value.value : (value.spelling?.text ?? String(value.value));
  if (written.length > LONGEST_ARGUMENT) return { value: null, from: "value", origin: value.origin };
  const expanded = expand(written, (name) => before.get(name) ?? others(name));
  return { value: expanded.unknown === null ? expanded.text : null, from: "value", origin: value.origin };
}

function referenced(reference: Node, kind: "ConfigMap" | "Secret", lookup: Lookup): EnvironmentValue {
  const from = kind === "Secret" ? "secret" : "configMap";
  const name = text(at(reference, "name"));
  const key = text(at(reference, "key"));
  const object = name === undefined ? undefined : lookup(kind, name);
  if (object === undefined || key === undefined) return { value: null, from, origin: reference.origin };
  const found = member(object, kind, key);
  if (found === "absent") {
    const optional = at(reference, "optional");
    return optional?.kind === "scalar" && optional.value === true ? UNSET : { value: null, from, origin: reference.origin };
  }
  return { value: found.value, from, origin: found.origin };
}

/** `envFrom` in its order; sources that are not in sight leave their prefix behind. */
function readSources(
  list: Node | undefined,
  known: Map<string, EnvironmentValue>,
  prefixes: { prefix: string; from: EnvironmentValue }[],
  lookup: Lookup,
): void {
  if (list === undefined || isUnset(list)) return;
  if (list.kind !== "list") {
    prefixes.push({ prefix: "", from: { ...UNSURE, origin: list.origin } });
    return;
  }
  for (const source of list.items) {
    const prefixNode = at(source, "prefix");
    const prefix = prefixNode?.kind === "unknown" ? "" : (text(prefixNode) ?? "");
    const kind = at(source, "secretRef") === undefined ? "ConfigMap" : "Secret";
    const from = kind === "Secret" ? "secret" : "configMap";
    const name = text(at(source, kind === "Secret" ? "secretRef" : "configMapRef", "name"));
    const object = name === undefined || prefixNode?.kind === "unknown" ? undefined : lookup(kind, name);
    const keys = object === undefined ? undefined : keysOf(object, kind);
    if (object === undefined || keys === undefined) {
      prefixes.push({ prefix, from: { value: null, from, origin: source.origin } });
      for (const one of [...known.keys()]) if (one.startsWith(prefix)) known.delete(one);
      continue;
    }
    for (const key of keys) {
      const found = member(object, kind, key);
      if (found !== "absent") known.set(prefix + key, { value: found.value, from, origin: found.origin });
    }
  }
}

/** All keys of a ConfigMap or Secret; undefined when some may be hidden. */
function keysOf(object: MapNode, kind: "ConfigMap" | "Secret"): readonly string[] | undefined {
  if (object.incomplete !== undefined) return undefined;
  const keys: string[] = [];
  for (const part of kind === "Secret" ? ["data", "stringData"] : ["data"]) {
    const node = object.entries.get(part);
    if (node === undefined || isUnset(node)) continue;
    if (node.kind !== "map" || node.incomplete !== undefined) return undefined;
    for (const key of node.entries.keys()) keys.push(key);
  }
  return keys;
}

function member(object: MapNode, kind: "ConfigMap" | "Secret", key: string): { value: string | null; origin: Origin } | "absent" {
  const plain = at(object, kind === "Secret" ? "stringData" : "data", key);
  if (plain !== undefined && (plain.kind === "unknown" || kind === "ConfigMap" || !isUnset(plain))) return { value: text(plain) ?? null, origin: plain.origin };
  if (kind === "ConfigMap") return "absent";
  const encoded = at(object, "data", key);
  if (encoded === undefined) return "absent";
  const written = text(encoded);
  return { value: written === undefined ? null : decoded(written), origin: encoded.origin };
}

/** Base64 as Kubernetes takes it; null for anything else (a placeholder, ciphertext). */
function decoded(written: string): string | null {
  const compact = written.replace(/[\r\n]/g, "");
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(compact)) return null;
  return Buffer.from(compact, "base64").toString("utf8");
}

/** A text with its variables filled in. */
export interface Expanded {
  /** All of it, or what stands before the first part that is not known. */
  readonly text: string;
  /** The first variable that is not known; null when the text is whole. */
  readonly unknown: string | null;
}

/** No argument and no variable of a Linux process is longer; a reference that makes a text longer is not followed. */
export const LONGEST_ARGUMENT = 131_072;

/** Kubernetes' expansion of `$(NAME)`: `$$` is one dollar, and a reference to a variable that is not set stays as it is. */
export function expand(written: string, variables: Environment): Expanded {
  let done = "";
  let from = 0;
  for (const found of written.matchAll(/\$\$|\$\(([^)]{0,256})\)/g)) {
    done += written.slice(from, found.index);
    from = found.index + found[0].length;
    const name = found[1];
    const variable = name === undefined ? undefined : variables(name);
    if (variable === undefined) done += "$";
    else if (variable.from === "undefined") done += found[0];
    else if (variable.value === null || done.length + variable.value.length > LONGEST_ARGUMENT) return { text: done, unknown: name ?? "" };
    else done += variable.value;
  }
  return { text: done + written.slice(from), unknown: null };
}

/** What nobody writes in a manifest: the kubelet's variables for Services, the runtime's, and the image's own. */
function outside(container: MapNode): Environment {
  const image = imageName(at(container, "image"));
  return (name) => {
    if (/^KUBERNETES_|_SERVICE_HOST$|_SERVICE_PORT(?:_\w+)?$|_PORT(?:_\d+_(?:TCP|UDP|SCTP)(?:_(?:PROTO|PORT|ADDR))?)?$/.test(name)) return UNSURE;
    if (/^(?:HOSTNAME|HOME|PATH|PWD|TERM|NATS_SERVER|NATS_STREAMING_SERVER|NATS_DOCKERIZED)$/.test(name)) return UNSURE;
    return image?.publisher === "official" ? UNSET : UNSURE;
  };
}
