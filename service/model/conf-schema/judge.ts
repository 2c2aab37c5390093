// A conf's tree beside the tables of keys: every key that the server does not know, every value that it does not take.
// Unknown values, and what may stand in files that are not in sight, are silence.

import type { MapNode, Node, Origin } from "../../document/node.ts";
import type { Fact, TextViolation } from "../../document/violation.ts";
import { compareParts } from "../versions.ts";
import { ACCOUNT_KEYS } from "./account-keys.ts";
import { combinations } from "./combinations.ts";
import { doubles } from "./doubles.ts";
import { loginFault } from "./go-address.ts";
import { meaningOf } from "./meaning.ts";
import { NETWORK_KEYS } from "./network-keys.ts";
import { type Block, knows, readTables, type Spelling, type Table, type Type } from "./read-table.ts";
import { SERVER_KEYS } from "./server-keys.ts";
import { STREAMING_KEYS } from "./streaming-keys.ts";
import { type Wrong, wrongScalar, wrongShape } from "./value.ts";

/** Who reads the tree, and what is known of it. */
export interface Reader {
  /** Of nats-server; undefined when it is not known, and then what any version takes is taken. */
  readonly version: readonly number[] | undefined;
  /** Does a variable refer to the entry? Such keys need not be known. */
  readonly referenced: (name: string, node: Node) => boolean;
  /** nats-streaming-server lets unknown keys of the top level pass. */
  readonly laxTop: boolean;
}

/** The newest version that the tables know. */
const NEWEST: readonly number[] = [2, 15, 1];

/** Versions that drop a key from the configuration when a variable refers to it. */
const DROPS_REFERENCED: readonly [readonly number[], readonly number[]] = [
  [2, 11, 0],
  [2, 12, 6],
];

let tables: Table | undefined;

/** Read when a configuration is first judged. */
function theTables(): Table {
  return (tables ??= readTables(SERVER_KEYS, ACCOUNT_KEYS, NETWORK_KEYS, STREAMING_KEYS));
}

/** Is it a key of nats-server's, at the top level? */
export function isServerKey(name: string): boolean {
  return theTables().get("")?.spellings.has(name.toLowerCase()) === true;
}

/** Is it a key of nats-streaming-server's? */
export function isStreamingKey(name: string): boolean {
  return theTables().get("streaming")?.spellings.has(name.toLowerCase()) === true;
}

/** What is wrong with a tree: nats.conf's, or the `streaming` block's by the name of its block. */
export function judgeConf(root: Node, entry: "" | "streaming", reader: Reader): TextViolation[] {
  const table = theTables();
  const said: TextViolation[] = [];
  const { version = NEWEST } = reader;
  const since = (from: readonly number[]): boolean => compareParts(version, from) >= 0;
  const drops = reader.version !== undefined && since(DROPS_REFERENCED[0]) && !since(DROPS_REFERENCED[1]);
  if (root.kind === "map") block(root, entry, entry === "" ? [] : [entry]);
  return said;

  function say(rule: string, which: string | undefined, origin: Origin, on: "key" | "value", facts: Readonly<Record<string, Fact>>): void {
    said.push({ rule, ...(which !== undefined && { case: which }), origin, on, facts });
  }

  function block(node: MapNode, name: string, path: readonly string[]): void {
    const here = table.get(name);
    if (here === undefined) return;
    const known = new Map<string, { readonly written: string; readonly node: Node }[]>();
    for (const [written, child] of node.entries) {
      const used = reader.referenced(written, child);
      if (used && drops) continue;
      const spelling = here.spellings.get(here.exact ? written : written.toLowerCase());
      if (spelling === undefined || !knows(spelling.since, version)) {
        if (!used || here.strict) unknown(written, child, here, spelling, name, path);
        continue;
      }
      if (name === "" && spelling.key.name === "system_account" && written !== written.toLowerCase()) {
        say("conf-unknown-key", "case", child.origin, "key", { key: written, meant: written.toLowerCase() });
        continue;
      }
      const { key } = spelling;
      known.set(key.name, [...(known.get(key.name) ?? []), { written, node: child }]);
      if (spelling.deprecated) say("conf-deprecated-key", "spelling", child.origin, "key", { key: written, instead: key.name });
      if (key.deprecated !== undefined && since(key.deprecated.since))
        say("conf-deprecated-key", undefined, child.origin, "key", { key: [...path, written].join("."), instead: key.deprecated.instead });
      const [first] = key.type;
      if (first?.kind === "refused") say("conf-unknown-key", "misplaced", child.origin, "key", { key: written, where: where(path), because: first.because });
      else value(child, key.type, `"${written}"`, [...path, written]);
    }
    for (const one of doubles(known, path)) said.push(one);
    for (const one of combinations(name, known, node.incomplete !== undefined, path, since)) said.push({ ...one, origin: one.origin ?? node.origin });
  }

  function unknown(written: string, child: Node, here: Block, spelling: Spelling | undefined, name: string, path: readonly string[]): void {
    const place = where(path);
    if (here.lax) {
      // The server ignores it. Of nats-server's own blocks only what people write for a reason would stand there.
      if (name !== "streaming" && !path.includes("streaming")) return;
      const meaning = meaningOf(written, here, table);
      const facts = { key: written, where: place };
      if (meaning === null) say("stanconf-unknown-key", undefined, child.origin, "key", facts);
      else if (meaning.kind === "near") say("stanconf-unknown-key", "near", child.origin, "key", { ...facts, meant: meaning.meant });
      else say("stanconf-unknown-key", "elsewhere", child.origin, "key", { ...facts, place: meaning.place });
      return;
    }
    if (name === "" && reader.laxTop) return;
    if (spelling !== undefined) {
      const came = spelling.since.map((one) => one.join(".")).join(" and ");
      say("conf-unknown-key", "later", child.origin, "key", { key: written, where: place, since: came, version: version.join(".") });
      return;
    }
    const glued = /^(\w+)\{/.exec(written)?.[1];
    const meaning = meaningOf(written, here, table);
    const facts = { key: written, where: place };
    if (written.startsWith("\uFEFF")) say("conf-unknown-key", "mark", child.origin, "key", { key: written.slice(1) });
    else if (written.toLowerCase() === "streaming" && name === "") say("conf-unknown-key", "streaming", child.origin, "key", {});
    else if (written.toLowerCase() === "include") say("conf-unknown-key", "include", child.origin, "key", {});
    else if (glued !== undefined) say("conf-unknown-key", "glued", child.origin, "key", { key: written, meant: glued });
    else if (meaning?.kind === "near") say("conf-unknown-key", "near", child.origin, "key", { ...facts, meant: meaning.meant });
    else if (meaning?.kind === "elsewhere") say("conf-unknown-key", "elsewhere", child.origin, "key", { ...facts, place: meaning.place });
    // A version that the tables do not know may know the key.
    else if (compareParts(version.slice(0, 2), NEWEST.slice(0, 2)) > 0) return;
    else if (/^_?[A-Z][A-Z0-9_]*$/.test(written)) say("conf-unknown-key", "variable", child.origin, "key", facts);
    else say("conf-unknown-key", undefined, child.origin, "key", facts);
  }

  /** `key` is how a sentence calls it. */
  function value(node: Node, types: readonly Type[], key: string, path: readonly string[]): void {
    if (node.kind === "unknown") return;
    if (node.kind === "scalar") {
      const login = types.some((type) => type.kind === "plain" && type.of === "url") ? loginFault(node) : null;
      if (login !== null) {
        say("route-url-unescaped-password", login === "elsewhere" ? login : undefined, node.origin, "value", { key });
        return;
      }
      const wrong = wrongScalar(node, types);
      if (wrong !== null) sayWrong(wrong, node.origin, key);
      return;
    }
    const all = types.some((type) => type.kind === "plain" && type.of === "any");
    if (node.kind === "list") {
      if (!all || types.some((type) => type.kind === "list")) list(node, types, key, path);
      return;
    }
    const own = types.find((type) => type.kind === "block");
    const free = types.find((type) => type.kind === "map");
    if (own !== undefined) block(node, own.block, path);
    else if (free === undefined && !all) sayWrong(wrongShape(node, types), node.origin, key);
    else if (free !== undefined)
      for (const [name, child] of node.entries)
        if (!(path.length === 1 && path[0]?.toLowerCase() === "accounts" && reader.referenced(name, child)))
          value(child, free.of, `"${name}"`, [...path, name]);
  }

  function list(node: Extract<Node, { kind: "list" }>, types: readonly Type[], key: string, path: readonly string[]): void {
    const type = types.find((one) => one.kind === "list");
    const fromVariable = (item: Node): boolean => item.origin.span.start === node.origin.span.start && item.origin.span.end === node.origin.span.end;
    if (type === undefined || (type.written && node.items.some(fromVariable))) sayWrong(wrongShape(node, types), node.origin, key);
    else if (type.filled && node.items.length === 0) sayWrong({ ...wrongShape(node, types), wrong: "value", found: "an empty one" }, node.origin, key);
    else for (const item of node.items) value(item, type.of, `an element of ${key}`, path);
  }

  function sayWrong({ wrong, takes, found }: Wrong, origin: Origin, key: string): void {
    if (wrong === "seconds") say("duration-integer", undefined, origin, "value", { key, found });
    else if (wrong === "unit") say("duration-unquoted-unit", takes.includes("in quotes") ? undefined : "seconds", origin, "value", { key, found });
    else say(wrong === "kind" ? "conf-type-mismatch" : "conf-value-out-of-range", undefined, origin, "value", { key, takes, found });
  }
}

/** "at the top level", "in cluster.tls" */
function where(path: readonly string[]): string {
  return path.length === 0 ? "at the top level" : `in ${path.join(".")}`;
}
