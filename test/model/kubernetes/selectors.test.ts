// Selectors against labels: yes, no, or not to be known.

import { describe, expect, test } from "vitest";
import { at } from "../../../service/document/node.ts";
import { selects } from "../../../service/model/kubernetes/selectors.ts";
import { fromYaml } from "./from-yaml.ts";

const answers = { yes: true, no: false, unsure: undefined };
type Case = [selector: string, labels: string, answer: keyof typeof answers];

const ask = (kind: "service" | "labelSelector", [selector, labels]: Case): boolean | undefined => {
  const both = fromYaml(`selector: ${selector}\nlabels: ${labels}\n`);
  return selects(selector === "absent" ? undefined : at(both, "selector"), labels === "absent" ? undefined : at(both, "labels"), kind);
};

describe("a Service's selector", () => {
  test.each<Case>([
    ["{app: nats}", "{app: nats}", "yes"],
    ["{app: nats}", "{app: nats, release: a}", "yes"],
    ["{app: nats, release: a}", "{app: nats}", "no"],
    ["{app: nats}", "{app: stan}", "no"],
    ["{app: nats}", "{}", "no"],
    ["{app: nats}", "absent", "no"],
    ["absent", "{app: nats}", "no"],
    ["~", "{app: nats}", "no"],
    ["{}", "{app: nats}", "no"],
    ["{app: ''}", "{app: ~}", "yes"],
    ['{build: "1"}', "{build: 1}", "yes"],
    ["!unknown", "{app: nats}", "unsure"],
    ["{app: nats}", "!unknown", "unsure"],
    ["{app: !unknown}", "{app: nats}", "unsure"],
    ["{app: nats}", "{app: !unknown}", "unsure"],
    ["{app: !unknown release}", "{app: !unknown release}", "yes"],
    ["{app: !unknown release}", "{app: !unknown other}", "unsure"],
    ["{app: !unknown}", "{app: !unknown}", "unsure"],
    ["{app: !unknown release, part: a}", "{app: !unknown release, part: b}", "no"],
    ["{app: nats}", "{...: }", "unsure"],
    ["{app: nats}", "{app: nats, ...: }", "yes"],
    ["{app: nats}", "{app: stan, ...: }", "no"],
    ["{app: nats, ...: }", "{app: nats}", "unsure"],
    ["{app: nats, ...: }", "{app: stan}", "no"],
    ["{...: }", "{app: nats}", "unsure"],
    ["nats", "{app: nats}", "unsure"],
  ])("%s on %s: %s", (...one) => expect(ask("service", one)).toBe(answers[one[2]]));
});

describe("a LabelSelector", () => {
  const expression = (key: string, operator: string, values?: string): string =>
    `{matchExpressions: [{key: ${key}, operator: ${operator}${values === undefined ? "" : `, values: ${values}`}}]}`;
  test.each<Case>([
    ["absent", "{app: nats}", "no"],
    ["~", "{app: nats}", "no"],
    ["{}", "{app: nats}", "yes"],
    ["{}", "absent", "yes"],
    ["{matchLabels: ~}", "{app: nats}", "yes"],
    ["{matchLabels: {app: nats}}", "{app: nats, x: y}", "yes"],
    ["{matchLabels: {app: nats}}", "{app: stan}", "no"],
    ["{matchLabels: !unknown}", "{app: nats}", "unsure"],
    ["{...: }", "{app: nats}", "unsure"],
    ["{matchLabels: {app: nats}, ...: }", "{app: stan}", "no"],
    ["{matchLabels: {app: nats}, ...: }", "{app: nats}", "unsure"],
    [expression("app", "In", "[nats, stan]"), "{app: stan}", "yes"],
    [expression("app", "In", "[nats, stan]"), "{app: box}", "no"],
    [expression("app", "In", "[nats]"), "{}", "no"],
    [expression("app", "In", "[nats, !unknown]"), "{app: nats}", "yes"],
    [expression("app", "In", "[nats, !unknown]"), "{app: box}", "unsure"],
    [expression("app", "In", "[!unknown release]"), "{app: !unknown release}", "yes"],
    [expression("app", "In", "!unknown"), "{app: box}", "unsure"],
    [expression("app", "In", "!unknown"), "{}", "no"],
    [expression("app", "NotIn", "[nats]"), "{app: box}", "yes"],
    [expression("app", "NotIn", "[nats]"), "{app: nats}", "no"],
    [expression("app", "NotIn", "[nats]"), "{}", "yes"],
    [expression("app", "NotIn", "[nats]"), "{app: !unknown}", "unsure"],
    [expression("app", "NotIn", "[nats]"), "{...: }", "unsure"],
    [expression("app", "Exists"), "{app: !unknown}", "yes"],
    [expression("app", "Exists"), "{x: y}", "no"],
    [expression("app", "Exists"), "{...: }", "unsure"],
    [expression("app", "DoesNotExist"), "{x: y}", "yes"],
    [expression("app", "DoesNotExist"), "{app: y}", "no"],
    [expression("app", "DoesNotExist"), "{...: }", "unsure"],
    [expression("app", "!unknown"), "{app: y}", "unsure"],
    [expression("app", "Near", "[y]"), "{app: y}", "unsure"],
    ["{matchLabels: {app: nats}, matchExpressions: [{key: x, operator: Exists}]}", "{app: nats}", "no"],
    ["{matchLabels: {app: nats}, matchExpressions: [{key: x, operator: Exists}]}", "{app: nats, x: 1}", "yes"],
    ["{matchLabels: {app: !unknown}, matchExpressions: [{key: x, operator: Exists}]}", "{app: nats}", "no"],
  ])("%s on %s: %s", (...one) => expect(ask("labelSelector", one)).toBe(answers[one[2]]));
});
