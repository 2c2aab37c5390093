// Why the operator, or the servers, cannot use the Secret that holds the users of a NatsCluster. What stands in it is not said.

import { Buffer } from "node:buffer";
import { at, isUnset, map, type MapNode, type Node, scalar, text } from "../../document/node.ts";
import { type KubernetesObject, ofKind, together, type Unit } from "../kubernetes/objects.ts";

type Fault = "json" | "shape" | "empty";

/** The model's `clientsAuthFault`: null where there is none, or where the Secret, or what is in it, is not in sight. */
export function clientsAuthFault(spec: MapNode, workload: KubernetesObject, unit: Unit): Node {
  const named = at(spec, "auth", "clientsAuthSecret");
  const none = scalar(null, (named ?? workload.node).origin);
  const name = text(named);
  if (name === undefined || name === "") return named?.kind === "unknown" ? named : none;
  const [secret, ...others] = ofKind(unit, "Secret").filter((one) => one.name === name && together(one, workload));
  const content = secret === undefined || others.length > 0 ? undefined : onlyContent(secret);
  if (content === undefined || isFilledInLater(content.text)) return none;
  const fault = faultOf(content.text);
  if (fault === null) return none;
  const { origin } = content.node;
  return map(
    [
      ["fault", scalar(fault, origin)],
      ["secret", scalar(name, origin)],
    ],
    origin,
  );
}

/** Of several keys the operator takes any: only of one alone is known what it reads. */
function onlyContent({ node }: KubernetesObject): { readonly node: Node; readonly text: string } | undefined {
  const blocks = ["data", "stringData"].map((key) => at(node, key)).filter((block) => !isUnset(block));
  if (blocks.some((block) => block?.kind !== "map" || block.incomplete !== undefined)) return undefined;
  const [content, ...more] = blocks.flatMap((block) => (block?.kind === "map" ? [...block.entries.values()] : []));
  const written = text(content);
  if (content === undefined || written === undefined || more.length > 0) return undefined;
  const isEncoded = at(node, "data") === blocks[0];
  return { node: content, text: isEncoded ? Buffer.from(written, "base64").toString("utf8") : written };
}

/** A place for what a tool puts there before the operator reads it, or what one has encrypted: one word, or marks of a template. */
function isFilledInLater(text: string): boolean {
  return /^\s*[^\s{[]*\s*$|\$\{|\$\(|\{\{|ENC\[|<[a-z]+:/.test(text);
}

/** As Go reads it into the operator's structs: by names in any case, and not at all where a value is of another type. */
function faultOf(text: string): Fault | null {
  const json = parsed(text);
  if (json === undefined) return "json";
  if (!isRecord(json)) return "shape";
  const get = (key: string, from: Readonly<Record<string, unknown>> = json): unknown =>
    Object.entries(from).findLast(([name]) => name.toLowerCase() === key)?.[1] ?? null;
  const isText = (value: unknown): boolean => value === null || typeof value === "string";
  const users = get("users") ?? [];
  if (!Array.isArray(users) || !users.every((user) => user === null || isRecord(user))) return "shape";
  const people = [json, ...users.filter(isRecord)];
  if (!people.every((one) => ["username", "password", "token", "nkey"].every((key) => isText(get(key, one))))) return "shape";
  const timeout = get("timeout");
  if (timeout !== null && !Number.isInteger(timeout)) return "shape";
  return users.length === 0 && ["username", "token"].every((key) => (get(key) ?? "") === "") ? "empty" : null;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
