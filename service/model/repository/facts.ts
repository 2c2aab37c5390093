// What the files say beside the releases, for the comparison of releases: which objects go to the cluster together, which
// hold data, who deletes what is no more there.

import { posix } from "node:path";
import { at, isUnset, text } from "../../document/node.ts";
import type { Environment } from "../../rule/rule.ts";
import { environmentOf } from "../../settings/environment.ts";
import type { Settings } from "../../settings/settings.ts";
import { isServer } from "../kubernetes/units-of.ts";
import type { NackUnit } from "../nack/units.ts";
import type { FileObject, ReadSources } from "../read-sources.ts";
import { FILES } from "../wrappers/kustomize/build.ts";
import type { Release } from "../releases.ts";
import { controllersIn } from "./controllers.ts";
import { elsewhereIn, folders } from "./elsewhere.ts";
import { holderKey, holdersIn, prunersIn, type Together } from "./objects.ts";
import type { Repository } from "./repository.ts";
import { fetchedIn } from "./scripts.ts";

export function repositoryOf(
  read: ReadSources,
  kustomized: readonly { readonly objects: readonly FileObject[] }[],
  nack: readonly NackUnit[],
  releases: readonly Release[],
  settings: Settings,
): Repository {
  const { objects } = read;
  const byFile = new Map<string, FileObject[]>();
  for (const one of objects) {
    const group = byFile.get(one.path);
    if (group === undefined) byFile.set(one.path, [one]);
    else group.push(one);
  }
  const environment = (path: string, namespace: string | null): Environment | null => environmentOf(settings, path, namespace, null).environment;
  const folder = ({ path }: FileObject): string => posix.dirname(path);
  const accounts = nack.flatMap(({ resources }) => resources.filter((one) => one.list === "accounts"));
  const companions = read.companions(new Set([...objects.filter(({ object }) => isServer(object)), ...accounts].map(folder)));
  const near = [...objects, ...companions];
  return {
    nack: nack.map((unit) => {
      const namespace = unit.namespace ?? settings.assume.namespace ?? null;
      return { unit, namespace, environment: environment(unit.path, namespace) };
    }),
    objects,
    near: [...near, ...kustomized.flatMap((unit) => unit.objects)],
    controllers: controllersIn(releases),
    together: [...byFile.values(), ...kustomized.map((unit) => unit.objects), ...directories(objects, byFile, read)],
    holders: holdersIn(objects, environment),
    held: new Set(objects.flatMap(({ object: { kind, name, namespace } }) => (name === null ? [] : [holderKey({ kind, name, namespace })]))),
    pruners: prunersIn(objects),
    fetched: fetchedIn(objects, environment),
    elsewhere: elsewhereIn([...folders(near, kustomized), ...kustomized.map((unit) => unit.objects)], near, environment),
  };
}

/** The objects of each folder that an Argo CD Application deploys as it lies there. */
function directories(objects: readonly FileObject[], byFile: ReadonlyMap<string, FileObject[]>, read: ReadSources): Together[] {
  return objects.flatMap(({ object: { kind, node } }): Together[] => {
    const source = at(node, "spec", "source");
    const path = text(at(source, "path"));
    if (kind !== "Application" || path === undefined || ["helm", "kustomize", "plugin", "chart"].some((key) => !isUnset(at(source, key)))) return [];
    if (!isUnset(at(source, "directory", "include")) || !isUnset(at(source, "directory", "exclude"))) return [];
    const folder = posix.normalize(path.replace(/^\.?\/+/, "").replace(/\/+$/, "") || ".");
    const recurse = at(source, "directory", "recurse");
    const deep = recurse?.kind === "scalar" && recurse.value === true;
    const files = [...byFile.keys()].filter((file) => (deep ? file.startsWith(`${folder}/`) : posix.dirname(file) === folder));
    const isMade = [...FILES, "Chart.yaml"].some((name) => read.charts.has(posix.join(folder, name)) || read.looks.has(posix.join(folder, name)));
    return isMade ? [] : [files.sort().flatMap((file) => byFile.get(file) ?? [])];
  });
}
