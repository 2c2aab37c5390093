// A configuration that the server is told to read, where the ConfigMap that is mounted there has nothing of that name.

import { posix } from "node:path";
import { at, type Node, type ScalarNode, text, type UnknownNode } from "../../document/node.ts";
import type { TextViolation } from "../../document/violation.ts";
import { ofKind } from "./objects.ts";
import { placeInPod, type PodView } from "./pod-file.ts";

/** Only ConfigMaps tell: what is written to a Secret is often not all that will be in it. */
export function saidOfAbsentFile(file: ScalarNode | UnknownNode | undefined, view: PodView): TextViolation[] {
  const written = file === undefined ? undefined : text(file);
  if (file === undefined || written === undefined || !posix.isAbsolute(written) || written.includes("$")) return [];
  const place = placeInPod(posix.normalize(written), view);
  if ("kind" in place || place.key === "") return [];
  const source = at(place.volume, "configMap");
  const name = text(at(source, "name"));
  const names = name === undefined ? null : namesIn(at(source, "items"), name, view);
  if (name === undefined || names === null || names.has(place.key)) return [];
  return [{ rule: "args-invalid", case: "file", origin: file.origin, facts: { file: written, config: name } }];
}

/** The files that a volume makes of a ConfigMap; null where not all of them are known. */
function namesIn(items: Node | undefined, name: string, view: PodView): ReadonlySet<string> | null {
  if (items !== undefined) return items.kind === "list" ? known(items.items.map((one) => text(at(one, "path")))) : null;
  const maps = ofKind(view.unit, "ConfigMap").filter(({ node }) => text(at(node, "metadata", "name")) === name);
  return known(
    maps.flatMap(({ node }) => {
      const blocks = [at(node, "data"), at(node, "binaryData")].filter((one) => one !== undefined);
      return blocks.flatMap((block) => (block.kind === "map" && block.incomplete === undefined ? [...block.entries.keys()] : [undefined]));
    }),
  );
}

/** An empty one is filled by something else, as one that is not there. */
function known(names: readonly (string | undefined)[]): ReadonlySet<string> | null {
  const all = names.filter((one) => one !== undefined);
  return all.length > 0 && all.length === names.length ? new Set(all) : null;
}
