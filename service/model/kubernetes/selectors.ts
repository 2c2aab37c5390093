// Does a selector match labels? True and false only when it is certain, whatever the unknown parts turn out to be.

import { at, isUnset, type MapNode, type Node, text } from "../../document/node.ts";

/**
 * A Service's `selector` is a map of labels that must all be equal; without one, or with an empty one, it selects nothing.
 * A LabelSelector has `matchLabels` and `matchExpressions`; left out it selects nothing, empty (`{}`) it selects all.
 */
export function selects(selector: Node | undefined, labels: Node | undefined, kind: "service" | "labelSelector"): boolean | undefined {
  if (selector?.kind === "unknown") return undefined;
  if (isUnset(selector)) return false;
  if (selector?.kind !== "map") return undefined;
  if (kind === "labelSelector") return all([matchLabels(at(selector, "matchLabels"), labels), matchExpressions(at(selector, "matchExpressions"), labels)]);
  if (selector.entries.size === 0) return selector.incomplete === undefined ? false : undefined;
  return equalities(selector, labels);
}

function matchLabels(wanted: Node | undefined, labels: Node | undefined): boolean | undefined {
  if (isUnset(wanted)) return true;
  return wanted?.kind === "map" ? equalities(wanted, labels) : undefined;
}

function equalities(wanted: MapNode, labels: Node | undefined): boolean | undefined {
  const answers = [...wanted.entries].map(([key, value]) => sameValue(value, label(labels, key)));
  return all(wanted.incomplete === undefined ? answers : [...answers, undefined]);
}

function matchExpressions(expressions: Node | undefined, labels: Node | undefined): boolean | undefined {
  if (isUnset(expressions)) return true;
  if (expressions?.kind !== "list") return undefined;
  return all(expressions.items.map((one) => matchExpression(one, labels)));
}

function matchExpression(expression: Node, labels: Node | undefined): boolean | undefined {
  const key = text(at(expression, "key"));
  const operator = text(at(expression, "operator"));
  if (key === undefined || operator === undefined) return undefined;
  const value = label(labels, key);
  if (operator === "Exists") return exists(value);
  if (operator === "DoesNotExist") return not(exists(value));
  const among = isAmong(at(expression, "values"), value);
  if (operator === "In") return among;
  // A pod without the label is not in the values either.
  return operator === "NotIn" ? not(among) : undefined;
}

/** A label's value; `absent` when the labels are all known and it is not among them, `unsure` when it may be. */
function label(labels: Node | undefined, key: string): Node | "absent" | "unsure" {
  if (isUnset(labels)) return "absent";
  if (labels?.kind !== "map") return "unsure";
  return labels.entries.get(key) ?? (labels.incomplete === undefined ? "absent" : "unsure");
}

function exists(value: Node | "absent" | "unsure"): boolean | undefined {
  return value === "unsure" ? undefined : value !== "absent";
}

function isAmong(values: Node | undefined, value: Node | "absent" | "unsure"): boolean | undefined {
  if (value === "absent") return false;
  if (isUnset(values)) return false;
  if (values?.kind !== "list") return undefined;
  const answers = values.items.map((one) => sameValue(one, value));
  if (answers.includes(true)) return true;
  return answers.includes(undefined) ? undefined : false;
}

function sameValue(wanted: Node, value: Node | "absent" | "unsure"): boolean | undefined {
  if (value === "absent") return false;
  if (value === "unsure") return undefined;
  if (wanted.kind === "unknown" && value.kind === "unknown") return wanted.same !== undefined && wanted.same === value.same ? true : undefined;
  if (wanted.kind !== "scalar" || value.kind !== "scalar") return undefined;
  return labelText(wanted.value) === labelText(value.value);
}

/** Label values are text; a null is the empty one. */
function labelText(value: unknown): string {
  return value === null ? "" : String(value);
}

/** True when all are, false when one is not, undefined otherwise. */
function all(answers: readonly (boolean | undefined)[]): boolean | undefined {
  if (answers.includes(false)) return false;
  return answers.includes(undefined) ? undefined : true;
}

function not(answer: boolean | undefined): boolean | undefined {
  return answer === undefined ? undefined : !answer;
}
