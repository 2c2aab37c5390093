// Keys of one block that exclude each other, that need each other, or that a block cannot do without.

import type { Node, Origin } from "../../document/node.ts";
import type { TextViolation } from "../../document/violation.ts";
import type { Known } from "./doubles.ts";
import { INSECURE_CIPHERS } from "./plain-values.ts";

/** `origin` is missing where the block itself is to be pointed at. */
export type Combination = Omit<TextViolation, "origin"> & { readonly origin?: Origin };

/** By block: the first and the second exclude each other. */
const EXCLUSIVE: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  tls: [["certs", "cert_file"]],
  route_tls: [["certs", "cert_file"]],
  remote: [["credentials", "nkey"]],
  import: [
    ["stream", "service"],
    ["service", "allow_trace"],
    ["prefix", "to"],
  ],
  export: [
    ["stream", "service"],
    ["stream", "response_type"],
    ["stream", "threshold"],
    ["stream", "latency"],
    ["stream", "allow_trace"],
  ],
};

/** By block: none of these without the other. */
const TOGETHER: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  proxy: [["username", "password"]],
};

/** By block: one of each of these. */
const NEEDED: Readonly<Record<string, readonly (readonly string[])[]>> = {
  user: [["user", "nkey"]],
  auth_callout: [["issuer"], ["auth_users"]],
  certificate: [["cert_file"], ["key_file"]],
  import_source: [["account"], ["subject"]],
  destination: [["weight"]],
  latency: [["subject"]],
};

/** What is wrong with a block's keys taken together. `incomplete`: an included file may hold more of them. */
export function* combinations(
  block: string,
  known: Known,
  incomplete: boolean,
  path: readonly string[],
  since: (from: readonly number[]) => boolean,
): Generator<Combination> {
  const get = (name: string): { readonly written: string; readonly node: Node } | undefined => known.get(name)?.find(({ node }) => isSet(node));
  const place = path.length === 0 ? "the top level" : path.join(".");
  for (const [first, second] of EXCLUSIVE[block] ?? []) {
    const [one, other] = [get(first), get(second)];
    if (one === undefined || other === undefined || one.node.kind === "unknown" || other.node.kind === "unknown") continue;
    yield {
      rule: "conf-keys-exclusive",
      origin: other.node.origin,
      on: "key",
      facts: { key: other.written, other: one.written, place },
      related: [{ origin: one.node.origin, message: "which stands here" }],
    };
  }
  if (incomplete) return;
  for (const pair of TOGETHER[block] ?? [])
    for (const [first, second] of [pair, [pair[1], pair[0]] as const]) {
      const one = get(first);
      // Without its address the server looks at no proxy.
      if (block === "proxy" && get("url") === undefined) continue;
      if (one !== undefined && get(second) === undefined && one.node.kind !== "unknown")
        yield { rule: "conf-key-missing", case: "pair", origin: one.node.origin, on: "key", facts: { key: one.written, missing: second, place } };
    }
  for (const some of NEEDED[block] ?? [])
    if (!some.some((name) => get(name) !== undefined)) yield { rule: "conf-key-missing", on: "key", facts: { missing: some.join(" or "), place } };
  if (block === "proxy" && get("url") === undefined && since([2, 15, 1]) && saysMore(get))
    yield { rule: "conf-key-missing", on: "key", facts: { missing: "url", place } };
  if ((block === "tls" || block === "route_tls") && since([2, 12, 0])) yield* ciphers(get);
  yield* warnings(block, get);
}

type Get = (name: string) => { readonly written: string; readonly node: Node } | undefined;

/** Does a proxy say anything beside its address? A time of zero is none; what is not known may be none. */
function saysMore(get: Get): boolean {
  const isKnown = (name: string): boolean => (get(name)?.node.kind ?? "unknown") !== "unknown";
  const timeout = get("timeout")?.node;
  return ["username", "password", "tls"].some(isKnown) || (timeout?.kind === "scalar" && /[1-9]/.test(String(timeout.value)));
}

/** Insecure suites have to be allowed from 2.12 on. */
function* ciphers(get: Get): Generator<Combination> {
  const list = get("cipher_suites")?.node;
  const allowed = get("allow_insecure_cipher_suites")?.node;
  if (list?.kind !== "list" || allowed?.kind === "unknown" || isTrue(allowed)) return;
  for (const item of list.items) {
    const name = text(item);
    if (name !== undefined && INSECURE_CIPHERS.test(name))
      yield { rule: "conf-value-out-of-range", case: "insecure", origin: item.origin, on: "value", facts: { found: name } };
  }
}

/** What the server takes with a warning, on which its own check fails. */
function* warnings(block: string, get: Get): Generator<Combination> {
  const [sampling, dest] = [get("sampling")?.node, get("dest")];
  if (block === "msg_trace" && sampling !== undefined && dest === undefined)
    yield { rule: "conf-key-missing", case: "trace", origin: sampling.origin, on: "key", facts: {} };
}

function isTrue(node: Node | undefined): boolean {
  return node?.kind === "scalar" && node.value === true;
}

function text(node: Node | undefined): string | undefined {
  return node?.kind === "scalar" && typeof node.value === "string" ? node.value : undefined;
}

/** To the server a text without letters is as good as none. */
function isSet(node: Node): boolean {
  return node.kind !== "scalar" || (node.value !== "" && node.value !== null);
}
