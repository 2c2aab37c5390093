// What policies are told of the cluster as a whole.
import { expect, test } from "vitest";
import { policyFacts } from "../../service/settings/policy-facts.ts";

const zone = (name: string, unschedulable = false): object => ({ labels: { "topology.kubernetes.io/zone": name }, unschedulable });

test.each([
  ["a number of nodes", { nodes: 3 }, { nodes: 3 }],
  ["nodes, of which one is cordoned", { nodes: [zone("a"), zone("b"), zone("b", true)] }, { nodes: 2, zones: 2 }],
  ["nodes that do not say their zone", { nodes: [{}, zone("a")] }, { nodes: 2 }],
  ["zones that the settings say", { nodes: [zone("a")], zones: 3 }, { nodes: 1, zones: 3 }],
  ["no nodes", { nodes: [] }, { nodes: 0 }],
  ["storage classes", { storageClasses: [{ name: "fast" }], autoscaled: true }, { storageClasses: [{ name: "fast" }], autoscaled: true }],
])("%s", (_what, facts, told) => {
  expect(policyFacts(facts)).toEqual(told);
});
