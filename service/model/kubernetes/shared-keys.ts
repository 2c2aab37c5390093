// Private keys that lie in the Secrets of a server's certificates and that the server does not read: those of others.

import { at, list, map, type Node, scalar, text } from "../../document/node.ts";
import { find } from "./objects.ts";
import type { PodView } from "./pod-file.ts";

/** The model's `sharedKeys`; `files` are its `certificates`. Names are all that is looked at. */
export function sharedKeys(files: Node, view: PodView): Node {
  const used = new Map<string, { readonly secret: Node; readonly entries: Set<string> }>();
  for (const file of files.kind === "list" ? files.items : []) {
    const secret = at(file, "secret");
    const [name, entry] = [text(secret), text(at(file, "entry"))];
    if (secret === undefined || name === undefined || entry === undefined) continue;
    const known = used.get(name) ?? { secret, entries: new Set() };
    known.entries.add(entry);
    used.set(name, known);
  }
  const found = [...used.values()].flatMap(({ secret, entries }) => {
    const object = find(view.unit, view.workload, "Secret", secret)?.node;
    const own = new Set([...entries].filter(isKey).map(ownerOf));
    const all = [at(object, "data"), at(object, "stringData")].flatMap((one) => (one?.kind === "map" ? [...one.entries] : []));
    return all.flatMap(([entry, node]): Node[] => {
      const owner = ownerOf(entry);
      if (!isKey(entry) || entries.has(entry) || owner === null || own.has(owner)) return [];
      const said = { secret: text(secret) ?? "", entry, authority: owner === "ca" };
      return [
        map(
          Object.entries(said).map(([key, value]) => [key, scalar(value, node.origin)] as const),
          node.origin,
        ),
      ];
    });
  });
  return list(found, view.workload.node.origin);
}

function isKey(entry: string): boolean {
  return /(?:^|[-_.])key(?:\.pem)?$/i.test(entry);
}

/** Whose key it is by its name; null where the name does not say it. */
function ownerOf(entry: string): string | null {
  const word = /(?:^|[-_.])(clients?|servers?|routes?|cluster|gateways?|leaf(?:nodes?)?|ca|root(?:-?ca)?|admin|websocket|mqtt)(?=[-_.])/i
    .exec(entry)?.[1]
    ?.toLowerCase();
  if (word === undefined) return null;
  return /^root|^ca$/.test(word) ? "ca" : word.replace(/s$/, "");
}
