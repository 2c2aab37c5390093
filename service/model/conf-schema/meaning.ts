// What a key was meant to be that the server does not know: a slip of the pen, or a key of another block.

import { distance } from "fastest-levenshtein";
import type { Block, Table } from "./read-table.ts";

/** Names that people expect, and what has the meaning. */
const EXPECTED: Readonly<Record<string, string>> = {
  monitoring_port: "http_port",
  http_host: "http",
  max_pending_size: "max_pending",
  sync_always: "sync_interval",
  cert: "cert_file",
  key: "key_file",
  ca: "ca_file",
  cacert: "ca_file",
  ca_cert: "ca_file",
};

export type Meaning =
  /** Another name in the same block. */
  | { readonly kind: "near"; readonly meant: string }
  /** "at the top level", "in leafnodes" */
  | { readonly kind: "elsewhere"; readonly place: string };

/** What is meant by a key that a block does not have; null where only its author can know. */
export function meaningOf(written: string, block: Block, table: Table): Meaning | null {
  const name = written.toLowerCase();
  const { names, byBare } = namesIn(block);
  const expected = EXPECTED[name];
  const near = byBare.get(bare(name)) ?? (expected !== undefined && block.spellings.has(expected) ? expected : undefined) ?? nearest(name, names);
  if (near !== undefined) return { kind: "near", meant: near };
  const place = placeOf(name, table);
  return place === null ? null : { kind: "elsewhere", place };
}

interface Names {
  readonly names: readonly string[];
  /** The first of those that are one without their hyphens and underscores. */
  readonly byBare: ReadonlyMap<string, string>;
}

function namesIn(block: Block): Names {
  let found = namesOf.get(block);
  if (found === undefined) {
    const names = [...block.spellings.keys()];
    found = { names, byBare: new Map(names.map((name) => [bare(name), name] as const).reverse()) };
    namesOf.set(block, found);
  }
  return found;
}

/** The blocks are those of the tables, and a file may have a hundred thousand keys that are not. */
const namesOf = new WeakMap<Block, Names>();

/** One letter in four may be wrong, or two may have changed places. */
function nearest(written: string, names: readonly string[]): string | undefined {
  const letters = (name: string): string => [...name].sort().join("");
  const allowed = written.length < 3 ? 0 : written.length < 8 ? 1 : 2;
  const [first] = names
    // Two at most may be wrong, and then at most two letters may be missing.
    .filter((name) => name.length >= 3 && Math.abs(name.length - written.length) <= 2)
    .map((name) => ({ name, far: distance(name, written) }))
    .filter(({ name, far }) => far <= allowed || (far === 2 && letters(name) === letters(written)))
    .sort((a, b) => a.far - b.far);
  return first?.name;
}

function bare(name: string): string {
  return name.replace(/[-_]/g, "");
}

/** Where the key is at home, if that is one place. */
function placeOf(name: string, table: Table): string | null {
  if (table.get("")?.spellings.has(name) === true) return "at the top level";
  const homes = [...table].filter(([, block]) => block.spellings.has(name)).map(([block]) => HOMES[block]);
  const known = [...new Set(homes)];
  return known.length === 1 && known[0] !== undefined ? `in ${known[0]}` : null;
}

/** Blocks by the path that leads to them, where there is one. */
const HOMES: Readonly<Record<string, string>> = {
  cluster: "cluster",
  gateway: "gateway",
  leafnodes: "leafnodes",
  remote: "an element of leafnodes.remotes",
  jetstream: "jetstream",
  limits: "jetstream.limits",
  batch: "jetstream.limits.batch",
  tpm: "jetstream.tpm",
  websocket: "websocket",
  mqtt: "mqtt",
  tls: "a tls block",
  route_tls: "a tls block",
  authorization: "authorization",
  user: "an element of users",
  account: "an account",
  account_jetstream: "an account's jetstream",
  account_limits: "an account's limits",
  resolver: "resolver",
  streaming: "streaming",
  store_limits: "streaming.store_limits",
  file_options: "streaming.file",
  sql_options: "streaming.sql",
  streaming_cluster: "streaming.cluster",
  streaming_tls: "streaming.tls",
};
