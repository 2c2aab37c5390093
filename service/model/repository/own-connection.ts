// What a resource of NACK says about its connection, against what the controller has by itself.

import { at, type Node, text } from "../../document/node.ts";
import type { NackResource } from "../nack/resource.ts";

/** The accounts in sight of a resource, by their names. */
type Accounts = ReadonlyMap<string | null, NackResource>;

/** The first of what a stream or a consumer says about its connection that is surely not the controllers' own. */
export function ownConnection({ list, spec }: NackResource, accounts: Accounts, controllers: readonly Node[]): string | undefined {
  if (list !== "streams" && list !== "consumers") return undefined;
  const differs = (key: string, flag: string): boolean => {
    const own = text(at(spec, key));
    return own !== undefined && controllers.every((one) => isKnown(at(one, flag)) && text(at(one, flag)) !== own);
  };
  const name = text(at(spec, "account"));
  const account = name === undefined ? undefined : accounts.get(name);
  if (controllers.every((one) => isElsewhere(at(spec, "servers"), one))) return "servers";
  // An account says who connects, or where to: one that only repeats the controller's address changes nothing.
  const isOther = account !== undefined && (hasLogin(account) || controllers.every((one) => isElsewhere(at(account.spec, "servers"), one)));
  if (name !== undefined && isOther) return "account";
  return differs("creds", "creds") ? "creds" : differs("nkey", "nkey") ? "nkey" : undefined;
}

function isKnown(node: Node | undefined): boolean {
  return node !== undefined && node.kind !== "unknown";
}

function hasLogin({ spec }: NackResource): boolean {
  return ["creds", "nkey", "user", "token"].some((key) => at(spec, key)?.kind === "map");
}

/** Is none of the addresses one of the controller's? */
function isElsewhere(servers: Node | undefined, controller: Node): boolean {
  const own = text(at(controller, "server"));
  if (own === undefined || servers?.kind !== "list" || servers.items.length === 0) return false;
  const namespace = text(at(controller, "namespace"));
  const theirs = own.split(",").map((url) => addressOf(url, namespace));
  const said = servers.items.map((item) => addressOf(text(item) ?? "", namespace));
  return said.every((one) => theirs.every((other) => areOther(one, other)));
}

interface Address {
  readonly labels: readonly string[];
  readonly port: string;
}

/** Who connects is the controller: a name without dots is one of its namespace. Null for what is no address. */
function addressOf(url: string, namespace: string | undefined): Address | null {
  const [, host = "", port = "4222"] = /^(?:[a-z][a-z0-9+.-]*:\/\/)?(?:[^@/]*@)?([^:/[\]]*)(?::(\d+))?/i.exec(url.trim()) ?? [];
  if (host === "") return null;
  const labels = host.toLowerCase().split(".");
  return { labels: labels.length === 1 && namespace !== undefined ? [...labels, namespace] : labels, port };
}

/** A name and a longer form of it may be the same host. */
function areOther(one: Address | null, other: Address | null): boolean {
  if (one === null || other === null) return false;
  return one.port !== other.port || one.labels.some((label, index) => (other.labels[index] ?? label) !== label);
}
