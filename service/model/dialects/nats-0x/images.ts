// Images of the 0.x nats chart: one text until 0.18.3, a map from 0.19.0 on that still takes a text.

import { at, type Node, unknown } from "../../../document/node.ts";
import { choose, computed, joined, truth, type Written } from "../template.ts";
import { goText, plain, plainText } from "./printed.ts";
import { beside, get, pick, type Scope } from "./scope.ts";

/** `image` and `imagePullPolicy` of a container, from the values of its part of the chart. */
export function image(scope: Scope, part: string): { readonly image: Node; readonly imagePullPolicy: Node } {
  const value = get(scope, part, "image");
  const policy = get(scope, part, "pullPolicy");
  const older = (node: Node | undefined): Node => plain(scope.title, node, scope.write);
  return {
    image: pick(
      scope,
      "0.19.0",
      () => (part === "nats" && stopsHelm(value) ? unknown("helm stops at its tag", value?.origin ?? scope.values.origin) : newImage(scope, value)),
      () => older(value),
    ) as Node,
    imagePullPolicy: pick(
      scope,
      "0.19.0",
      () => newPolicy(scope, value, policy),
      () => older(policy),
    ) as Node,
  };
}

/** The probes depend on the tag of the server's image, and only a text can be searched for a version. */
function stopsHelm(value: Node | undefined): boolean {
  const tag = at(value, "tag");
  return value?.kind === "map" && (tag === undefined ? value.incomplete === undefined : tag.kind === "scalar" && typeof tag.value !== "string");
}

/** The tag of the server's image, which decides what the probes ask for. */
export function serverTag(scope: Scope): Node | undefined {
  const value = get(scope, "nats", "image");
  if (value === undefined || value.kind === "unknown") return value;
  const ofText = (): Node | undefined => {
    const text = goText(value);
    return typeof text === "string" ? scope.write(text.split(":")[1] || "latest") : text;
  };
  return pick(scope, "0.19.0", () => (value.kind === "map" ? at(value, "tag") : ofText()), ofText);
}

/** A map's image, or a text that is taken apart and put together again. `standard` is the tag of a map without one, where the chart has such. */
export function newImage(scope: Scope, value: Node | undefined, standard?: Node): Written {
  if (value?.kind === "unknown") return value;
  const write = value === undefined ? scope.write : computed(scope.title, value.origin);
  if (value?.kind !== "map") {
    const text = goText(value);
    if (typeof text !== "string") return text;
    // Only what stands around the first colon is kept, so a registry with a port loses the rest.
    const [repository = "", tag = ""] = text.split(":");
    const whole = `${repository}:${tag || "latest"}`;
    return value?.kind === "scalar" && whole === value.value ? value : write(whole);
  }
  const own = at(value, "tag");
  const tag =
    standard === undefined
      ? own
      : choose(
          truth(own),
          () => own,
          () => standard,
        );
  const registry = at(value, "registry");
  const repository = at(value, "repository");
  const beneath = computed(scope.title, (own ?? value).origin);
  const whole = joined(beneath, registry === undefined ? "" : prefix(scope, registry), asText(scope, repository), ":", asText(scope, tag));
  return plainText(scope.title, whole);
}

/** Go's `%s`, which takes nothing but texts: a tag that YAML reads as a number spoils the image. */
function asText(scope: Scope, node: Node | undefined): Node {
  if (node === undefined || (node.kind === "scalar" && node.value === null)) return scope.write("%!s(<nil>)");
  if (node.kind !== "scalar" || typeof node.value === "string") return node;
  const type = typeof node.value === "boolean" ? "bool" : "float64";
  return computed(scope.title, node.origin)(`%!s(${type}=${String(node.value)})`);
}

function prefix(scope: Scope, registry: Node): Node {
  return choose(
    truth(registry),
    () => joined(beside(scope, registry), registry, "/"),
    () => scope.write(""),
  ) as Node;
}

/** The policy beside a text, or inside of a map. */
export function newPolicy(scope: Scope, value: Node | undefined, policy: Node | undefined): Written {
  if (value?.kind === "unknown") return value;
  if (policy?.kind === "unknown") return policy;
  if (policy?.kind === "scalar" && typeof policy.value === "string") return policy;
  return value?.kind === "map" ? plain(scope.title, at(value, "pullPolicy"), scope.write) : "IfNotPresent";
}
