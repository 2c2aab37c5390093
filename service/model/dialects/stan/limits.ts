// `store_limits` of the stan chart. From 0.7.4 on most limits count only when Go has them as floats:
// numbers of a file are, those of `--set` and texts are dropped without a word.

import { at, type Node, unknown } from "../../../document/node.ts";
import { block, escapedJson, shown, shownInQuotes, word } from "../nats-0x/printed.ts";
import { beside, mapped, pick, type Scope } from "../nats-0x/scope.ts";

/** The limits as they stand in the conf; before 0.6.2 whatever the values hold. */
export function storeLimits(scope: Scope, limits: Node): Node | undefined {
  return pick(
    scope,
    "0.6.2",
    () => picked(scope, limits),
    () => escapedJson(limits),
  );
}

function picked(scope: Scope, limits: Node): Node {
  if (limits.kind !== "map") return limits.kind === "unknown" ? limits : unknown("something else than a map stands there", limits.origin);
  const channels = at(limits, "channels");
  const own = mapped(channels, (one) => (one.kind === "unknown" ? one : block(beside(scope, one), ofChannel(scope, one))));
  return block(beside(scope, limits), {
    max_channels: count(scope, at(limits, "max_channels")),
    ...ofChannel(scope, limits),
    channels: own?.kind === "map" && own.entries.size === 0 && own.incomplete === undefined ? undefined : own,
  });
}

function ofChannel(scope: Scope, limits: Node): Record<string, Node | undefined> {
  const age = (key: string): Node | undefined =>
    pick(
      scope,
      "0.7.4",
      () => shownInQuotes(at(limits, key)),
      () => shown(at(limits, key)),
    );
  const bytes = at(limits, "max_bytes");
  return {
    max_msgs: count(scope, at(limits, "max_msgs")),
    max_bytes: pick(
      scope,
      "0.7.5",
      () => shown(bytes),
      () => count(scope, bytes),
    ),
    max_age: age("max_age"),
    max_subs: count(scope, at(limits, "max_subs")),
    max_inactivity: age("max_inactivity"),
  };
}

function count(scope: Scope, node: Node | undefined): Node | undefined {
  return pick(
    scope,
    "0.7.4",
    () => wholeFloat(node),
    () => shown(node),
  );
}

/** A float is printed as an integer; everything else is not written. */
function wholeFloat(node: Node | undefined): Node | undefined {
  if (node === undefined || node.kind === "unknown") return node;
  if (node.kind !== "scalar" || (typeof node.value !== "number" && typeof node.value !== "bigint")) return undefined;
  const isInteger = typeof node.value === "bigint" || Number.isInteger(node.value);
  if (isInteger && node.origin.via?.some((one) => one.kind === "command line") === true) return undefined;
  return word(String(typeof node.value === "number" ? Math.trunc(node.value) : node.value), node.origin);
}
