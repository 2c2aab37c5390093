// Values that the stan chart leaves aside without a word, because another one would have to say so first.

import { at, type Node, scalar } from "../../../document/node.ts";
import { get, is, isText, type Scope } from "../nats-0x/scope.ts";
import type { Unread } from "../rendering.ts";
import { both, not, truth } from "../template.ts";

export function ignoredValues(scope: Scope): readonly Unread[] {
  return [...database(scope), ...secretless(scope), ...upstream(scope), ...droppedLimits(scope)];
}

/** A database is used where the type says so, and the type is `file` where nobody says it. */
function database(scope: Scope): readonly Unread[] {
  const type = get(scope, "store", "type");
  const source = get(scope, "store", "sql", "source");
  if (both(not(isText(type, "sql")), truth(source)) !== true || source === undefined || isOwn(source)) return [];
  const effective = type?.kind === "scalar" && type.value === "memory" ? "memory" : "file";
  return [{ key: "store.sql.source", node: hidden(source), because: "no SQL store", effective }];
}

/** TLS to NATS is written down only where the Secret of its certificates is named, too. */
function secretless(scope: Scope): readonly Unread[] {
  const enabled = get(scope, "stan", "tls", "enabled");
  const ignored = both(scope.since("0.5.0"), both(truth(enabled), not(is(scope, "stan", "tls", "secretName"))));
  return ignored === true && enabled !== undefined ? [{ key: "stan.tls.enabled", node: enabled, because: "no Secret" }] : [];
}

/** `nats` is the server inside; the one outside is named below `stan`. */
function upstream(scope: Scope): readonly Unread[] {
  const url = get(scope, "nats", "url");
  const ignored = both(truth(url), not(is(scope, "stan", "nats", "url")));
  return ignored === true && url !== undefined ? [{ key: "nats.url", node: hidden(url), because: "another key" }] : [];
}

/** From 0.7.4 on a limit is written only where Go has it as a float: a number of a file, no text and no number of `--set`. */
function droppedLimits(scope: Scope): readonly Unread[] {
  if (scope.since("0.7.4") !== true) return [];
  const limits = get(scope, "store", "limits");
  const channels = at(limits, "channels");
  const blocks: readonly (readonly [string, Node | undefined, readonly string[]])[] = [
    ["store.limits", limits, ["max_channels", "max_msgs", "max_subs"]],
    ...(channels?.kind === "map" ? [...channels.entries].map(([name, one]) => [`store.limits.channels.${name}`, one, ["max_msgs", "max_subs"]] as const) : []),
  ];
  const dropped = blocks.flatMap(([path, block, keys]) =>
    keys.flatMap((key): Unread[] => {
      const node = at(block, key);
      return node !== undefined && isDropped(node) ? [{ key: `${path}.${key}`, node, because: "not a number" }] : [];
    }),
  );
  return [...dropped, ...(scope.since("0.7.5") === true ? blocks.flatMap(([path, block]) => unlimited(path, at(block, "max_bytes"))) : [])];
}

/** From 0.7.5 on bytes are written where a template takes them for true, and 0, which to the server is no limit, is not. */
function unlimited(path: string, node: Node | undefined): readonly Unread[] {
  return node?.kind === "scalar" && Number(node.value) === 0 && typeof node.value === "number"
    ? [{ key: `${path}.max_bytes`, node, because: "not a number" }]
    : [];
}

function isDropped(node: Node): boolean {
  if (node.kind !== "scalar" || node.value === null || node.value === "") return false;
  const isNumber = typeof node.value === "number" || typeof node.value === "bigint";
  return !isNumber || (Number.isInteger(Number(node.value)) && node.origin.via?.some((one) => one.kind === "command line") === true);
}

function isOwn({ origin }: Node): boolean {
  return origin.via?.some((one) => one.kind === "chart default") === true;
}

/** It may have a password in it. */
function hidden({ origin }: Node): Node {
  return scalar(null, origin);
}
