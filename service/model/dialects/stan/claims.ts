// Where STAN keeps its files: a claim for each pod, a claim that is there, or one that the chart makes for all pods.

import { at, type MapNode, type Node } from "../../../document/node.ts";
import { object } from "../nats-0x/object.ts";
import { plain } from "../nats-0x/printed.ts";
import { beside, get, is, isText, pick, type Scope, withTrue } from "../nats-0x/scope.ts";
import type { Unread } from "../rendering.ts";
import { both, choose, type Decision, not, truth, type Written } from "../template.ts";
import { labels, named } from "./names.ts";

export function claimName(scope: Scope): Node {
  return named(scope, "-pvc");
}

/** Is there a volume at all? Nobody was asked before 0.4.0. */
export function hasVolume(scope: Scope): Decision {
  const since = scope.since("0.4.0");
  return since === false ? true : since === true ? is(scope, "store", "volume", "enabled") : since;
}

/** Do the pods share a claim? Read from 0.5.2 on. */
export function sharesClaim(scope: Scope): Decision {
  return both(scope.since("0.5.2"), is(scope, "store", "volume", "persistentVolumeClaim"));
}

/** Is TLS to NATS on? Both keys are needed. */
export function clientTls(scope: Scope): Decision {
  return both(scope.since("0.5.0"), both(is(scope, "stan", "tls", "enabled"), is(scope, "stan", "tls", "secretName")));
}

/** The volume of a shared claim. From 0.8.7 on the name in the values counts only beside `existingClaim`. */
export function sharedVolume(scope: Scope): Written {
  const own = get(scope, "store", "volume", "persistentVolumeClaim");
  const write = beside(scope, own);
  const written = (): Node => plain(scope.title, at(own, "claimName"), write);
  const made = (): Node => ({ ...claimName(scope), origin: write(null).origin });
  return write({
    name: claimName(scope),
    persistentVolumeClaim: { claimName: pick(scope, "0.8.7", () => choose(truth(at(own, "existingClaim")), written, made), written) },
  });
}

/** A claim that the values name and the chart does not use: from 0.8.7 on it makes one itself unless told that it exists. */
export function ignoredClaim(scope: Scope): readonly Unread[] {
  const own = get(scope, "store", "volume", "persistentVolumeClaim");
  const node = at(own, "claimName");
  const isMounted = both(isText(get(scope, "store", "type"), "file"), hasVolume(scope));
  const ignored = both(both(scope.since("0.8.7"), isMounted), both(truth(node), not(truth(at(own, "existingClaim")))));
  if (ignored !== true || node === undefined) return [];
  const made = claimName(scope);
  const effective = made.kind === "scalar" && typeof made.value === "string" ? { effective: made.value } : {};
  return [{ key: "store.volume.persistentVolumeClaim.claimName", node, because: "not an existing claim", ...effective }];
}

/** The spec of a claim; `accessModes` is one mode as a text, and a list of modes ends up inside another. */
export function claimSpec(scope: Scope): Written {
  const { title, write } = scope;
  const volume = get(scope, "store", "volume");
  const print = (node: Node): Node => plain(title, node, write);
  const modes = at(volume, "accessModes");
  const newer = (): Written => ({
    storageClassName: withTrue(at(volume, "storageClass"), print),
    accessModes: withTrue(modes, (node) => write([print(node)])),
    resources: { requests: { storage: plain(title, at(volume, "storageSize"), write) } },
  });
  const older = (): Written => ({
    accessModes: ["ReadWriteOnce"],
    resources: { requests: { storage: plain(title, get(scope, "store", "file", "storageSize"), write) } },
  });
  return pick(scope, "0.4.0", newer, older);
}

/** The claim that the chart makes for all pods: with the access mode of the values, ReadWriteOnce by default. */
export function sharedClaim(scope: Scope): readonly MapNode[] {
  const existing = truth(get(scope, "store", "volume", "persistentVolumeClaim", "existingClaim"));
  const made = both(scope.since("0.8.7"), both(is(scope, "store", "volume", "persistentVolumeClaim"), not(existing)));
  return object(scope, made, {
    apiVersion: "v1",
    kind: "PersistentVolumeClaim",
    metadata: { name: claimName(scope), labels: labels(scope) },
    spec: claimSpec(scope),
  });
}
