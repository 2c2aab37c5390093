// What the tables of keys say of a configuration that was read: by nats-server, or by both halves of nats-streaming-server.

import type { Overridden } from "../../document/conf/conf-document.ts";
import { map, type MapNode, type Node } from "../../document/node.ts";
import type { TextViolation } from "../../document/violation.ts";
import { compareParts } from "../versions.ts";
import { isServerKey, judgeConf, type Reader } from "./judge.ts";

/** A configuration as far as the tables ask about it. */
export interface ReadConf {
  readonly tree: Node;
  readonly referenced: ReadonlySet<Node>;
  readonly overridden: readonly Overridden[];
  /** A chart or an operator chose the spelling of the keys, so nobody is told that it is old. */
  readonly rendered?: boolean;
  /** What the grammar says: a text that was not understood is not called empty. */
  readonly errors: readonly { readonly error: { readonly refused: boolean } }[];
}

export interface ReadBy {
  readonly server: "nats" | "stan";
  readonly version: readonly number[] | undefined;
}

/** What is wrong with the keys and values of a configuration. */
export function confKeys(conf: ReadConf | null, by: ReadBy): TextViolation[] {
  if (conf === null || conf.tree.kind !== "map") return [];
  const { tree } = conf;
  const reader = readerOf(conf, by);
  const said = judgeConf(tree, "", reader);
  if (tree.entries.size === 0 && tree.incomplete === undefined && !conf.errors.some(({ error }) => error.refused) && warnsOfNothing(by))
    said.push({ rule: "conf-empty", origin: tree.origin, facts: {} });
  if (by.server === "stan") {
    const [name] = [...tree.entries.keys()].filter((one) => one.toLowerCase() === "streaming");
    const own = name === undefined ? undefined : tree.entries.get(name);
    // Without a block of its own STAN reads the whole file, and what belongs to nats-server is no slip of the pen.
    for (const one of judgeConf(own ?? without(tree, isServerKey), "streaming", reader)) said.push(one);
  }
  return [...said.filter((one) => conf.rendered !== true || one.rule !== "conf-deprecated-key" || one.case !== "spelling"), ...twice(conf)];
}

/** From this version on the server minds a file that sets nothing. */
function warnsOfNothing({ server, version }: ReadBy): boolean {
  return server === "nats" && compareParts(version ?? [2, 9, 22], [2, 9, 22]) >= 0;
}

/** A file that only STAN reads (`-sc`): its `streaming` block, or all of it. */
export function streamingKeys(conf: ReadConf): TextViolation[] {
  if (conf.tree.kind !== "map") return [];
  const reader = readerOf(conf, { server: "stan", version: undefined });
  const [own] = [...conf.tree.entries].filter(([name]) => name.toLowerCase() === "streaming").map(([, node]) => node);
  return [...judgeConf(own ?? conf.tree, "streaming", reader), ...twice(conf)];
}

function readerOf(conf: ReadConf, { server, version }: ReadBy): Reader {
  const names = new Set<string>();
  collect(conf.tree, names);
  return { version, laxTop: server === "stan", referenced: (name, node) => conf.referenced.has(node) || names.has(name) || isDirective(name) };
}

/** The 1.x chart prints such a key as an include directive. */
function isDirective(name: string): boolean {
  return name.endsWith("$include");
}

/** Names of variables that nothing resolved: a chart's template may define them where natslint sees no reference. */
function collect(node: Node, names: Set<string>): void {
  if (node.kind === "map") for (const child of node.entries.values()) collect(child, names);
  else if (node.kind === "list") for (const child of node.items) collect(child, names);
  else if (node.kind === "unknown" && node.same?.startsWith("variable ") === true) names.add(node.same.slice("variable ".length));
}

function without(tree: MapNode, belongsElsewhere: (name: string) => boolean): MapNode {
  const kept = map(
    [...tree.entries].filter(([name]) => !belongsElsewhere(name)),
    tree.origin,
  );
  return tree.incomplete === undefined ? kept : { ...kept, incomplete: tree.incomplete };
}

function twice({ overridden }: ReadConf): TextViolation[] {
  return overridden.map(({ name, same, first, last }) => ({
    rule: "conf-duplicate-key",
    ...((same || isSaidInFull(name, first, last)) && { case: "same" }),
    origin: last.origin,
    on: "key",
    facts: { key: name, other: name },
    related: [{ origin: first.origin, message: "set here first" }],
  }));
}

function isSwitch(word: string): boolean {
  return /^enabled?$/i.test(word);
}

/** `jetstream: enabled` in front of a block that is on: what the block takes the place of says nothing that it does not. */
function isSaidInFull(name: string, first: Node, last: Node): boolean {
  if (name.toLowerCase() !== "jetstream" || first.kind !== "scalar" || last.kind !== "map") return false;
  const isOn = (node: Node): boolean => node.kind === "scalar" && (node.value === true || isSwitch(String(node.value)));
  return isOn(first) && [...last.entries].every(([key, node]) => !isSwitch(key) || isOn(node));
}
