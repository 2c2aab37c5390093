// An init container that asks Kubernetes for its node's address, and whether its account may do so.

import { at, isUnset, map, members, type Node, scalar, text, unknown } from "../../document/node.ts";
import { type KubernetesObject, ofKind, type Unit } from "./objects.ts";
import type { PodTemplate } from "./pod-template.ts";

/** The model's `nodeReader`; null where nothing looks at nodes. */
export function nodeReader(workload: KubernetesObject, pods: PodTemplate, unit: Unit): Node {
  const { origin } = workload.node;
  const reader = members(at(pods.spec, "initContainers")).find(isReader);
  if (reader === undefined) return scalar(null, origin);
  const written = at(pods.spec, "serviceAccountName") ?? at(pods.spec, "serviceAccount");
  if (written?.kind === "unknown") return written;
  const account = text(written) ?? "default";
  const fault = faultOf(account, isUnset(written), workload, unit);
  const place = (fault !== null && typeof fault === "object" ? fault.place : undefined) ?? written ?? reader;
  return map(
    [
      ["account", scalar(account, place.origin)],
      ["fault", fault === undefined ? unknown("what the account may do is not in sight", origin) : scalar(fault?.name ?? null, place.origin)],
    ],
    place.origin,
  );
}

function isReader(container: Node): boolean {
  const words = [...members(at(container, "command")), ...members(at(container, "args"))].map((one) => text(one) ?? "");
  return /nats-boot-config/.test(text(at(container, "image")) ?? "") || words.some((word) => /nats-pod-bootconfig/.test(word));
}

interface Fault {
  readonly name: "none" | "role" | "namespace" | "verbs";
  readonly place?: Node;
}

/** Null where the account may read nodes, undefined where that is not in sight. */
function faultOf(account: string, isDefault: boolean, workload: KubernetesObject, unit: Unit): Fault | null | undefined {
  const bindings = ["ClusterRoleBinding", "RoleBinding"].flatMap((kind) => ofKind(unit, kind));
  const answers = bindings.flatMap((binding) =>
    members(at(binding.node, "subjects"))
      .filter((subject) => text(at(subject, "name")) === account && text(at(subject, "kind")) === "ServiceAccount")
      .map((subject) => answerOf(binding, subject, workload, unit)),
  );
  if (answers.includes(null)) return null;
  if (answers.includes(undefined)) return undefined;
  return answers[0] ?? (isDefault || unit.complete ? { name: "none" } : undefined);
}

/** Nodes belong to no namespace, so only a role for the whole cluster, bound there, reaches them. */
function answerOf(binding: KubernetesObject, subject: Node, workload: KubernetesObject, unit: Unit): Fault | null | undefined {
  const kind = at(binding.node, "roleRef", "kind");
  if (binding.kind === "RoleBinding" || text(kind) === "Role")
    return { name: "role", place: binding.kind === "RoleBinding" ? (at(binding.node, "kind") ?? subject) : (kind as Node) };
  const namespace = at(subject, "namespace");
  if (text(namespace) === undefined || workload.namespace === null) return isUnset(namespace) ? { name: "namespace", place: subject } : undefined;
  if (text(namespace) !== workload.namespace) return { name: "namespace", place: namespace as Node };
  const named = text(at(binding.node, "roleRef", "name"));
  const role = ofKind(unit, "ClusterRole").find((one) => one.name !== null && one.name === named);
  const rules = role === undefined ? undefined : at(role.node, "rules");
  if (rules?.kind !== "list") return named === "cluster-admin" ? null : undefined;
  const allowed = rules.items.map((rule) => [holds(rule, "resources", "nodes"), holds(rule, "verbs", "get")]);
  if (allowed.some((one) => one.every((answer) => answer === true))) return null;
  return allowed.some((one) => one.every((answer) => answer !== false)) ? undefined : { name: "verbs", place: rules };
}

function holds(rule: Node, key: string, wanted: string): boolean | undefined {
  const words = at(rule, key);
  if (words?.kind !== "list") return isUnset(words) ? false : undefined;
  if (words.items.some((one) => text(one) === wanted || text(one) === "*")) return true;
  return words.items.some((one) => one.kind === "unknown") ? undefined : false;
}
