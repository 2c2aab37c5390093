// By what clients prove who they are, all ways taken together. One that cannot be known leaves the answer open.

import { at, isUnset, map, type Node, scalar, unknown } from "../../document/node.ts";

/** The model's `authentication`. */
export function authenticationOf(config: Node): Node {
  const place = at(config, "authorization");
  // Where nothing is written, the place is that of the switch that is off, if a chart has one.
  const { origin } = place ?? config;
  const clients = clientsOf(config);
  return map([["clients", typeof clients === "string" ? scalar(clients, origin) : clients]], origin);
}

function clientsOf(config: Node): "none" | "password" | "other" | Node {
  const open = unknown("not all of the configuration is known", config.origin);
  if (config.kind !== "map" || config.incomplete !== undefined) return open;
  const others = OTHER_WAYS.map((key) => at(config, key)).filter((node) => !isUnset(node));
  if (others.some((node) => node?.kind !== "unknown")) return "other";
  const tls = at(config, "tls");
  const verify = ["verify", "verify_and_map"].map((key) => at(tls, key));
  if (verify.some((node) => node?.kind === "scalar" && node.value === true)) return "other";
  const authorization = at(config, "authorization");
  const accounts = at(config, "accounts");
  const members = accounts?.kind === "map" ? [...accounts.entries.values()] : [];
  const lists = [at(authorization, "users"), ...members.map((account) => at(account, "users"))];
  const nkeys = lists.flatMap((one) => (one?.kind === "list" ? one.items.map((user) => at(user, "nkey")) : []));
  const stronger = [...nkeys, at(authorization, "auth_callout"), at(authorization, "auth_hook")];
  if (stronger.some((node) => !isUnset(node) && node?.kind !== "unknown")) return "other";
  const decisive = [...others, tls, ...verify, authorization, accounts, ...members, ...lists];
  if (decisive.some((node) => node?.kind === "unknown" || (node?.kind === "map" && node.incomplete !== undefined))) return open;
  const single = ["user", "username", "password", "pass", "token"].map((key) => at(authorization, key));
  return single.some((node) => !isUnset(node)) || lists.some((one) => one?.kind === "list" && one.items.length > 0) ? "password" : "none";
}

const OTHER_WAYS = [
  ...["operator", "operators", "root", "roots", "root_operator", "root_operators", "trusted", "trusted_keys"],
  ...["resolver", "account_resolver", "accounts_resolver"],
];
