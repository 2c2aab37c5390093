// What people write about NATS in other languages than those that natslint reads: recognised, so that it can be said.

import { at, type Node } from "../document/node.ts";

const LANGUAGES: readonly (readonly [RegExp, string])[] = [
  [/\.(jsonnet|libsonnet)$/i, "Jsonnet"],
  [/\.tf(\.json)?$/i, "Terraform"],
  [/\.cue$/i, "CUE"],
  [/\.k$/i, "KCL"],
];

/** Why a file of that name is out of reach; null when it is not. Ends "not linted, because ...". */
export function foreignLanguage(path: string): string | null {
  const found = LANGUAGES.find(([name]) => name.test(path));
  return found === undefined ? null : `it is ${found[1]}; natslint reads what comes out of it`;
}

/** What a compose file may have beside its services; a chart's values may have a key `services`, too, but more than that. */
const COMPOSE = /^(?:version|name|services|networks|volumes|configs|secrets|include|models|x-.*)$/;

/** Is it a compose file? Its services run in containers without Kubernetes. */
export function isCompose(root: Node): boolean {
  const services = at(root, "services");
  if (services?.kind !== "map" || root.kind !== "map" || ![...root.entries.keys()].every((key) => COMPOSE.test(key))) return false;
  return [...services.entries.values()].some((one) => one.kind === "map" && (one.entries.has("image") || one.entries.has("build")));
}

/** Is it a dashboard as Grafana saves or exports one? It shows numbers of NATS and configures nothing of it. */
export function isDashboard(root: Node): boolean {
  return [root, at(root, "dashboard"), at(root, "spec")].some(
    (one) =>
      (at(one, "panels") ?? at(one, "rows"))?.kind === "list" &&
      ["schemaVersion", "templating", "annotations", "timepicker"].some((key) => at(one, key) !== undefined),
  );
}
