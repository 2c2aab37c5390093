// The files, beside those of its tls blocks, that a server is told of: whether a volume holds them, and the Secret behind it.

import { posix } from "node:path";
import { at, list, map, type MapNode, type Node, scalar, text, unknown } from "../../document/node.ts";
import { find } from "./objects.ts";
import { isMounted, placeInPod, podFile, type PodView } from "./pod-file.ts";
import { keysOfSecret } from "./secret-keys.ts";
import { imageName } from "./server-image.ts";

/** The model's `files`, at the places that name them. */
export function files(config: Node, streaming: Node | undefined, view: PodView): Node {
  const tls = at(streaming, "tls");
  const remotes = at(config, "leafnodes", "remotes") ?? at(config, "leaf", "remotes");
  const named: readonly (readonly [string, Node | undefined])[] = [
    ["credentials", at(streaming, "credentials")],
    ["nkey_seed_file", at(streaming, "nkey_seed_file")],
    ...["client_cert", "client_key", "client_ca"].map((key) => [key, at(tls, key)] as const),
    ["client_ca", at(tls, "client_cacert")],
    ...(remotes?.kind === "list" ? remotes.items.map((one) => ["leafnode credentials", at(one, "credentials")] as const) : []),
    ["configFile", at(view.workload.resource, "configFile")],
  ];
  return list(
    named.flatMap(([key, node]) => (node === undefined ? [] : file(key, node, view))),
    view.workload.node.origin,
  );
}

function file(key: string, node: Node, view: PodView): readonly MapNode[] {
  const written = text(node);
  if (written === undefined || !written.startsWith("/") || written.includes("$")) return [];
  const path = posix.normalize(written);
  const say = (value: string | boolean | null): Node => scalar(value, node.origin);
  const place = placeInPod(path, view);
  const isPlaced = !("kind" in place);
  const secret = isPlaced ? at(place.volume, "secret", "secretName") : undefined;
  return [
    map(
      [
        ["key", say(key)],
        ["path", scalar(written, node.origin)],
        ["folder", say(path.endsWith("/"))],
        ["mounted", mounted(path, node, view)],
        ["secret", isPlaced ? (secret ?? say(null)) : say(null)],
        ["entry", say(isPlaced ? place.key : null)],
        ["present", present(path, secret, node, view)],
      ],
      node.origin,
    ),
  ];
}

/** The official images bring no keys and no credentials; what others bring is not known. */
function mounted(path: string, node: Node, view: PodView): Node {
  if (isMounted(path, view)) return scalar(true, node.origin);
  const isOfficial = imageName(at(view.container, "image"))?.publisher === "official";
  return isOfficial ? scalar(false, node.origin) : unknown("the image may have the file", node.origin);
}

function present(path: string, secret: Node | undefined, node: Node, view: PodView): Node {
  if (secret === undefined) return unknown("the file is in no Secret", node.origin);
  const content = podFile(path, view);
  if (content !== undefined) return content.kind === "unknown" ? content : scalar(true, node.origin);
  const keys = keysOfSecret(find(view.unit, view.workload, "Secret", secret));
  return keys === null ? unknown("something else fills the Secret", node.origin) : scalar(false, node.origin);
}
