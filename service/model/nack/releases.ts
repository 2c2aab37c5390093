// A unit of NACK's resources as a release without servers: the lists of the model that hold them, each with what joins them.

import { at, list, map, type MapNode, type Node, type Origin, scalar } from "../../document/node.ts";
import { environmentOf } from "../../settings/environment.ts";
import type { Settings } from "../../settings/settings.ts";
import type { RootSchema, Schema } from "../schema.ts";
import type { Release } from "../releases.ts";
import { type Scope, scopeNode } from "../scope.ts";
import { joins } from "./joins.ts";
import { misshapenIn } from "./misshapen.ts";
import { NACK_LISTS, type NackResource } from "./resource.ts";
import type { NackUnit } from "./units.ts";

export function nackRelease(unit: NackUnit, settings: Settings, schema: RootSchema): Release {
  const namespace = unit.namespace ?? settings.assume.namespace ?? null;
  const environment = environmentOf(settings, unit.path, namespace, null);
  const scope = { ...environment, release: null, namespace, complete: false };
  const { origin } = (unit.resources[0] as NackResource).object.node;
  const of = (name: string): readonly NackResource[] => unit.resources.filter((one) => one.list === name);
  const joined = joins(of("streams"), of("consumers"));
  const factsOf = (one: NackResource): readonly (readonly [string, Node])[] => {
    if (one.list === "streams") return joined.stream(one);
    return one.list === "consumers" ? joined.consumer(one) : [];
  };
  const lists = NACK_LISTS.map((name) => {
    const items = of(name).map((one) => resourceNode(one, scope, factsOf(one), schema));
    return [name, list(items, origin)] as const;
  });
  const tree = map([["servers", list([], origin)], ...noResources(origin), ...lists], origin);
  return { ...environment, path: unit.path, name: null, tree, others: [] };
}

/** The lists of a release that has servers and nothing of NACK or of the operators. */
export function noResources(origin: Origin): readonly (readonly [string, Node])[] {
  return [...NACK_LISTS, "natsOperators", "serviceRoles", "nackControllers"].map((name) => [name, list([], origin)] as const);
}

function resourceNode({ object, list: name, spec }: NackResource, scope: Scope, facts: readonly (readonly [string, Node])[], schema: RootSchema): MapNode {
  const { node } = object;
  const written = (key: string, child: Node | undefined): readonly (readonly [string, Node])[] => (child === undefined ? [] : [[key, child]]);
  return map(
    [
      ...written("apiVersion", at(node, "apiVersion")),
      ...written("name", at(node, "metadata", "name")),
      ["namespace", at(node, "metadata", "namespace") ?? scalar(scope.namespace, node.origin)],
      ["scope", scopeNode(scope, node.origin)],
      ["spec", spec],
      ["misshapen", misshapenIn(spec, specOf(name, schema), schema)],
      ...facts,
    ],
    node.origin,
  );
}

function specOf(name: string, schema: RootSchema): Schema {
  const item = schema.properties?.[name]?.items ?? {};
  const target = item.$ref === undefined ? item : (schema.$defs[item.$ref.slice("#/$defs/".length)] ?? {});
  return target.properties?.["spec"] ?? {};
}
