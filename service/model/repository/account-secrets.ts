// Accounts of NACK and the Secrets that they log in with: keys that are named and not there. NACK connects without them then.

import { posix } from "node:path";
import { at, isUnset, type Node, text } from "../../document/node.ts";
import { type KubernetesObject, together } from "../kubernetes/objects.ts";
import type { FileObject } from "../read-sources.ts";
import { made } from "./elsewhere.ts";
import { groupedBy } from "./links.ts";
import type { Placed } from "./resources.ts";
import { type Entry, entry } from "./table.ts";

/** Where an account says which keys of a Secret it means. */
const KEYS = { creds: ["file"], nkey: ["seed"], tls: ["ca", "cert", "key"], user: ["user", "password"], token: ["token"] } as const;

/** `objects` are all in sight; those of the account's folder count. */
export function missingKeys(places: readonly Placed[], objects: readonly FileObject[]): Entry[] {
  if (!places.some(({ unit }) => unit.resources.some(({ list }) => list === "accounts"))) return [];
  const makers = groupedBy(
    objects.flatMap(({ path, object }) => made(object).map((name) => ({ key: keyOf(path, name), object }))),
    ({ key }) => [key],
  );
  return places.flatMap(({ unit, environment }) =>
    unit.resources.flatMap((account): Entry[] => {
      if (account.list !== "accounts") return [];
      return Object.entries(KEYS).flatMap(([what, names]) => {
        const named = at(account.spec, what, "secret", "name");
        const secret = text(named);
        if (named === undefined || secret === undefined) return [];
        const here = (makers.get(keyOf(account.path, `Secret ${secret}`)) ?? []).filter(({ object }) => together(object, account.object));
        return names.flatMap((field): Entry[] => {
          const node = at(account.spec, what, field);
          const key = isUnset(node) ? null : text(node);
          // Each certificate may be left out; of a login nothing may.
          const isMissing = key === null ? what !== "tls" : key !== undefined && here.length > 0 && here.every(({ object }) => lacks(object, key));
          if (!isMissing || key === undefined) return [];
          const { origin } = node ?? named;
          const said = [`${what}.${field}`, origin] as const;
          return [entry(environment, { field: said, key: [key, origin], secret: [secret, origin], account: [account.object.name ?? "", origin] })];
        });
      });
    }),
  );
}

function keyOf(path: string, name: string): string {
  return JSON.stringify([posix.dirname(path), name]);
}

/** What a controller fills later has nothing in it yet, or is of another kind. */
function lacks({ kind, node }: KubernetesObject, key: string): boolean {
  if (kind !== "Secret") return false;
  const blocks = [at(node, "data"), at(node, "stringData")].filter((block): block is Node => block !== undefined);
  if (!blocks.every((block) => block.kind === "map" && block.incomplete === undefined)) return false;
  const keys = blocks.flatMap((block) => (block.kind === "map" ? [...block.entries.keys()] : []));
  return keys.length > 0 && !keys.includes(key);
}
