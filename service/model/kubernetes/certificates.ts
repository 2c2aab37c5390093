// The files of a server's tls blocks: out of which Secrets they come, and whether those have them.

import { posix } from "node:path";
import { at, list, map, type Node, scalar, text, unknown } from "../../document/node.ts";
import { find } from "./objects.ts";
import { placeInPod, type PodView, podFile } from "./pod-file.ts";
import { keysOfSecret } from "./secret-keys.ts";

const LISTENERS = ["client", "cluster", "gateway", "leafnodes", "websocket", "mqtt"] as const;
const KEYS = ["cert_file", "key_file", "ca_file"] as const;

/** The model's `certificates`, at the places in the configuration that name the files. */
export function certificates(config: Node, view: PodView): Node {
  const found = LISTENERS.flatMap((listener) => {
    const tls = listener === "client" ? at(config, "tls") : at(config, listener, "tls");
    return KEYS.flatMap((key) => {
      const node = at(tls, key);
      const path = text(node);
      return node === undefined || path === undefined || !path.startsWith("/") ? [] : [file(listener, key, posix.normalize(path), node, view)];
    });
  });
  return list(found, view.workload.node.origin);
}

function file(listener: string, key: string, path: string, node: Node, view: PodView): Node {
  const place = placeInPod(path, view);
  const isPlaced = !("kind" in place);
  const secret = isPlaced ? at(place.volume, "secret", "secretName") : scalar(null, node.origin);
  return map(
    [
      ["listener", scalar(listener, node.origin)],
      ["key", scalar(key, node.origin)],
      ["path", scalar(path, node.origin)],
      ["secret", secret ?? scalar(null, node.origin)],
      ["entry", scalar(isPlaced ? place.key : null, node.origin)],
      ["present", isPlaced && secret !== undefined ? present(path, secret, node, view) : unknown("the file is in no Secret", node.origin)],
    ],
    node.origin,
  );
}

/** A Secret without any key is filled by somebody else, and so may be one that says who fills it. */
function present(path: string, secret: Node, node: Node, view: PodView): Node {
  const content = podFile(path, view);
  if (content?.kind === "unknown") return content;
  if (content !== undefined) return scalar(true, node.origin);
  const keys = keysOfSecret(find(view.unit, view.workload, "Secret", secret));
  return keys === null ? unknown("something else fills the Secret", node.origin) : scalar(false, node.origin);
}
