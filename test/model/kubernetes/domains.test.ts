// How many domains there are for a pod, and for how many pods a hard spread constraint has room.

import { describe, expect, test } from "vitest";
import { at, type MapNode, type Node } from "../../../service/document/node.ts";
import { domains, roomOfSpread } from "../../../service/model/kubernetes/domains.ts";
import type { ClusterFacts } from "../../../service/settings/settings.ts";
import { fromYaml } from "./from-yaml.ts";

const zone = "topology.kubernetes.io/zone";
const host = "kubernetes.io/hostname";
const tainted = { taints: [{ key: "node-role.kubernetes.io/control-plane", effect: "NoSchedule" }] };
const zones = (...names: string[]): ClusterFacts => ({ nodes: names.map((name) => ({ labels: { [zone]: name } })) });

const ask = (count: (rule: Node, pod: MapNode, facts: ClusterFacts | null) => Node, rule: string, facts: ClusterFacts | null, pod = "{}"): unknown => {
  const tree = fromYaml(`rule: ${rule}\npod: ${pod}\n`);
  const node = count(at(tree, "rule") as Node, at(tree, "pod") as MapNode, facts);
  return node.kind === "scalar" ? node.value : undefined;
};

describe("domains", () => {
  test.each<[rule: string, facts: ClusterFacts | null, count: unknown]>([
    [host, { nodes: 3 }, 3],
    [host, { nodes: [{}, { unschedulable: true }, tainted] }, 1],
    [host, { zones: 3 }, undefined],
    [host, { nodes: 3, autoscaled: true }, null],
    [host, null, undefined],
    [zone, { nodes: 5 }, undefined],
    [zone, { nodes: 5, zones: 2 }, 2],
    [zone, zones("a", "a", "b"), 2],
    [zone, { ...zones("a", "b", "c"), zones: 2 }, 2],
    [zone, { nodes: [{ labels: { [zone]: "a" } }, {}] }, null],
    ["example.com/rack", { zones: 2 }, undefined],
    ["!unknown", { nodes: 3, zones: 3 }, undefined],
  ])("of %s on %j: %s", (key, facts, count) => expect(ask(domains, `{topologyKey: ${key}}`, facts)).toBe(count));

  test("are those of the nodes that the pod wants", () => {
    expect(ask(domains, `{topologyKey: ${zone}}`, zones("a", "b"), `{nodeSelector: {${zone}: a}}`)).toBe(1);
  });
});

describe("a hard constraint", () => {
  test.each<[more: string, facts: ClusterFacts | null, room: unknown]>([
    ["", { nodes: 2 }, null],
    ["", null, undefined],
    ["", { nodes: 2, autoscaled: true }, null],
    ["", { nodes: [{}, {}, tainted] }, 2],
    [", nodeTaintsPolicy: Honor", { nodes: [{}, {}, tainted] }, null],
    [", minDomains: 3", { nodes: 2 }, 2],
    [", minDomains: 2", { nodes: 2 }, null],
    [", minDomains: !unknown", { nodes: 2 }, undefined],
  ])("%s on %j has room for %s", (more, facts, room) => expect(ask(roomOfSpread, `{topologyKey: ${host}, maxSkew: 1${more}}`, facts)).toBe(room));

  test("has room for as many in each domain as it may be uneven", () => {
    expect(ask(roomOfSpread, `{topologyKey: ${host}, maxSkew: 2}`, { nodes: [{}, {}, tainted] })).toBe(4);
    expect(ask(roomOfSpread, `{topologyKey: ${host}}`, { nodes: [{}, {}, tainted] })).toBeUndefined();
  });
});
