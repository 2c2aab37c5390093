// The variables of a container, from the manifest and the objects in sight.

import { describe, expect, test } from "vitest";
import type { MapNode } from "../../../service/document/node.ts";
import { environment } from "../../../service/model/kubernetes/environment.ts";
import { fromYaml } from "./from-yaml.ts";

const objects: Readonly<Record<string, MapNode>> = {
  "Secret auth": fromYaml("data: {token: czNjcjN0, broken: '<sops>', both: YWFh}\nstringData: {plain: open, both: bbb}"),
  "Secret sealed": fromYaml("data: !unknown"),
  "ConfigMap settings": fromYaml("data: {REGION: eu, PORT_NO: '4222', later: !unknown}"),
  "ConfigMap partly": fromYaml("data: {REGION: us, ...: }"),
};
const lookup = (kind: string, name: string): MapNode | undefined => objects[`${kind} ${name}`];

const container = `
image: nats:2.10.18
env:
  - { name: PLAIN, value: a b }
  - { name: NUMBER, value: 4222 }
  - { name: EMPTY, value: "" }
  - { name: NOTHING }
  - { name: HIDDEN, value: !unknown }
  - { name: POD_NAME, valueFrom: { fieldRef: { fieldPath: metadata.name } } }
  - { name: CPUS, valueFrom: { resourceFieldRef: { resource: limits.cpu } } }
  - { name: JOINED, value: "x-$(PLAIN)-$(NUMBER)" }
  - { name: EARLY, value: "$(LATE)" }
  - { name: LATE, value: late }
  - { name: ESCAPED, value: "$$(PLAIN) $PLAIN $(" }
  - { name: OF_POD, value: "$(POD_NAME).nats" }
  - { name: TWICE, value: one }
  - { name: TWICE, value: two }
  - { name: TOKEN, valueFrom: { secretKeyRef: { name: auth, key: token } } }
  - { name: OPEN, valueFrom: { secretKeyRef: { name: auth, key: plain } } }
  - { name: BOTH, valueFrom: { secretKeyRef: { name: auth, key: both } } }
  - { name: BROKEN, valueFrom: { secretKeyRef: { name: auth, key: broken } } }
  - { name: ABSENT, valueFrom: { secretKeyRef: { name: auth, key: gone } } }
  - { name: OPTIONAL, valueFrom: { secretKeyRef: { name: auth, key: gone, optional: true } } }
  - { name: ELSEWHERE, valueFrom: { secretKeyRef: { name: other, key: gone, optional: true } } }
  - { name: SEALED, valueFrom: { secretKeyRef: { name: sealed, key: x } } }
  - { name: TWICE, valueFrom: { secretKeyRef: { name: auth, key: gone, optional: true } } }
  - { name: REGION2, valueFrom: { configMapKeyRef: { name: settings, key: REGION } } }
  - { name: LATER, valueFrom: { configMapKeyRef: { name: settings, key: later } } }
`;

describe("env", () => {
  test.each<[string, string | null, string]>([
    ["PLAIN", "a b", "value"],
    ["NUMBER", "4222", "value"],
    ["EMPTY", "", "value"],
    ["NOTHING", "", "value"],
    ["HIDDEN", null, "value"],
    ["POD_NAME", null, "field"],
    ["CPUS", null, "field"],
    ["JOINED", "x-a b-4222", "value"],
    ["EARLY", "$(LATE)", "value"],
    ["ESCAPED", "$(PLAIN) $PLAIN $(", "value"],
    ["OF_POD", null, "value"],
    ["TWICE", "two", "value"],
    ["TOKEN", "s3cr3t", "secret"],
    ["OPEN", "open", "secret"],
    ["BOTH", "bbb", "secret"],
    ["BROKEN", null, "secret"],
    ["ABSENT", null, "secret"],
    ["OPTIONAL", null, "undefined"],
    ["ELSEWHERE", null, "secret"],
    ["SEALED", null, "secret"],
    ["REGION2", "eu", "configMap"],
    ["LATER", null, "configMap"],
    ["NEVER", null, "undefined"],
    ["plain", null, "undefined"],
    // The kubelet and the runtime set these, whatever the manifest says.
    ["NATS_SERVICE_HOST", null, "field"],
    ["NATS_PORT", null, "field"],
    ["NATS_PORT_4222_TCP_ADDR", null, "field"],
    ["HOSTNAME", null, "field"],
  ])("%s is %j from %s", (name, value, from) => expect(environment(fromYaml(container), lookup)(name)).toMatchObject({ value, from }));

  test("a value's origin is where it is written", () => {
    const { origin } = environment(fromYaml(container), lookup)("LATE");
    expect(container.slice(origin?.span.start, origin?.span.end)).toBe("late");
  });
});

describe("envFrom and what is not known", () => {
  const settings = "envFrom: [{configMapRef: {name: settings}}]";
  test.each<[string, string, string, string | null, string]>([
    ["a ConfigMap in sight", settings, "REGION", "eu", "configMap"],
    ["a key it does not have", settings, "ZONE", null, "undefined"],
    ["a key of unknown value", settings, "later", null, "configMap"],
    ["a prefix", "envFrom: [{prefix: X_, configMapRef: {name: settings}}]", "X_REGION", "eu", "configMap"],
    ["without the prefix", "envFrom: [{prefix: X_, configMapRef: {name: settings}}]", "REGION", null, "undefined"],
    ["an unknown prefix", "envFrom: [{prefix: !unknown , configMapRef: {name: settings}}]", "REGION", null, "configMap"],
    ["a Secret out of sight", "envFrom: [{secretRef: {name: other}}]", "ANY", null, "secret"],
    ["out of sight, with a prefix", "envFrom: [{prefix: X_, secretRef: {name: other}}]", "X_ANY", null, "secret"],
    ["out of sight, another prefix", "envFrom: [{prefix: X_, secretRef: {name: other}}]", "ANY", null, "undefined"],
    ["a later source wins", "envFrom: [{configMapRef: {name: settings}}, {secretRef: {name: other}}]", "REGION", null, "secret"],
    ["an earlier source loses", "envFrom: [{secretRef: {name: other}}, {configMapRef: {name: settings}}]", "REGION", "eu", "configMap"],
    ["an incomplete ConfigMap", "envFrom: [{configMapRef: {name: partly}}]", "ZONE", null, "configMap"],
    ["env over envFrom", `${settings}\nenv: [{name: REGION, value: us}]`, "REGION", "us", "value"],
    ["env sees envFrom", `${settings}\nenv: [{name: A, value: "$(REGION)-1"}]`, "A", "eu-1", "value"],
    ["envFrom unknown", "envFrom: !unknown", "ANY", null, "field"],
    ["env unknown", "env: !unknown", "ANY", null, "field"],
    ["an entry unknown", "env: [{name: A, value: a}, !unknown , {name: B, value: b}]", "C", null, "field"],
    ["before the unknown entry", "env: [{name: A, value: a}, !unknown , {name: B, value: b}]", "A", null, "field"],
    ["behind the unknown entry", "env: [{name: A, value: a}, !unknown , {name: B, value: b}]", "B", "b", "value"],
    ["an unknown name", "env: [{name: !unknown , value: a}]", "A", null, "field"],
    ["no list at all", "env: ~", "ANY", null, "undefined"],
  ])("%s", (_title, lines, name, value, from) => {
    expect(environment(fromYaml(`image: docker.io/library/nats:2.10.18-alpine\n${lines}`), lookup)(name)).toMatchObject({ value, from });
  });

  test("an image of somebody's own may set variables", () => {
    expect(environment(fromYaml("image: registry.example.com/team/nats:2.10.18"), lookup)("ANY").from).toBe("field");
  });
});
