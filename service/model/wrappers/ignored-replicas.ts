// What Argo CD and Flux are told not to compare with Git: where it is the number of replicas, nobody sees it drift.

import { posix } from "node:path";
import { at, list, map, type MapNode, members, type Node, type Origin, scalar, text } from "../../document/node.ts";
import type { FileObject } from "../read-sources.ts";
import { known } from "./embedded-values.ts";

/** One pointer or path that hides the replicas of some workloads; null stands for any. */
export interface IgnoredReplicas {
  readonly tool: "Argo CD" | "Flux";
  readonly written: string;
  readonly origin: Origin;
  /** Of a workload, each as a pattern for the whole of it. */
  readonly group: RegExp | null;
  readonly kind: RegExp | null;
  readonly name: RegExp | null;
  readonly namespace: RegExp | null;
}

/** A folder that an Application deploys as it stands, or by its Kustomization. */
export interface WatchedFolder {
  /** The Application's file: the folder's path begins at the root of the same repository, wherever that is. */
  readonly from: string;
  readonly folder: string;
  readonly recurse: boolean;
  readonly namespace: string | null;
  readonly ignored: readonly IgnoredReplicas[];
}

/** `spec.ignoreDifferences` of an Application. Texts that only a template knows hide nothing that is certain. */
export function ignoredByArgo(spec: Node | undefined): IgnoredReplicas[] {
  return members(at(spec, "ignoreDifferences")).flatMap((one) => {
    const [group, kind, name, namespace] = ["group", "kind", "name", "namespace"].map((key) => pattern(at(one, key), "*"));
    if (group === undefined || kind === undefined || name === undefined || namespace === undefined) return [];
    const pointers = members(at(one, "jsonPointers")).filter((node) => hides(known(node) ?? "?"));
    const paths = members(at(one, "jqPathExpressions")).filter((node) => jqHides(known(node) ?? "?"));
    return [...pointers, ...paths].map((node) => ({
      tool: "Argo CD" as const,
      written: known(node) ?? "",
      origin: node.origin,
      group,
      kind,
      name,
      namespace,
    }));
  });
}

/** `spec.driftDetection` of a HelmRelease, which corrects nothing while it is off. */
export function ignoredByFlux(spec: Node | undefined): IgnoredReplicas[] {
  const drift = at(spec, "driftDetection");
  if (!/^(?:enabled|warn)$/.test(known(at(drift, "mode")) ?? "")) return [];
  return members(at(drift, "ignore")).flatMap((one) => {
    const target = at(one, "target");
    if (target?.kind === "unknown" || [...LABELS, "version"].some((key) => at(target, key) !== undefined)) return [];
    const [group, kind, name, namespace] = ["group", "kind", "name", "namespace"].map((key) => pattern(at(target, key), ".*"));
    if (group === undefined || kind === undefined || name === undefined || namespace === undefined) return [];
    return members(at(one, "paths"))
      .filter((node) => hides(known(node) ?? "?"))
      .map((node) => ({ tool: "Flux" as const, written: known(node) ?? "", origin: node.origin, group, kind, name, namespace }));
  });
}

const LABELS = ["labelSelector", "annotationSelector"];

/** Folders of Applications that leave the replicas of something in them alone. */
export function watchedFolders(objects: readonly FileObject[]): WatchedFolder[] {
  return objects.flatMap(({ path, object }) => {
    const group = (text(object.node.entries.get("apiVersion")) ?? "").split("/")[0];
    if (group !== "argoproj.io" || object.kind !== "Application") return [];
    const spec = at(object.node, "spec");
    const ignored = ignoredByArgo(spec);
    const several = members(at(spec, "sources"));
    const own = at(spec, "source");
    const sources = ignored.length === 0 ? [] : several.length > 0 ? several : own === undefined ? [] : [own];
    return sources.flatMap((source): WatchedFolder[] => {
      const folder = known(at(source, "path"));
      const recurse = at(source, "directory", "recurse");
      const namespace = known(at(spec, "destination", "namespace"));
      if (folder === null) return [];
      return [{ from: path, folder, recurse: recurse?.kind === "scalar" && recurse.value === true, namespace, ignored }];
    });
  });
}

/** What is ignored of the servers in a file by the folder that it lies in. */
export function ignoredInFolder(path: string, folders: readonly WatchedFolder[]): readonly IgnoredReplicas[] {
  return folders.filter((one) => isIn(posix.dirname(path), one)).flatMap((one) => one.ignored);
}

/** The model's `ignoredReplicas` of a server. */
export function ignoredReplicas(server: MapNode, namespace: string | null, ignored: readonly IgnoredReplicas[]): Node {
  const workload = at(server, "workload");
  const group = (text(at(workload, "apiVersion")) ?? "/").split("/")[0];
  const fits = (wanted: RegExp | null, said: string | null | undefined): boolean => wanted === null || (typeof said === "string" && wanted.test(said));
  const found = ignored.filter(
    (one) =>
      fits(one.group, group) &&
      fits(one.kind, text(at(workload, "kind"))) &&
      fits(one.name, text(at(workload, "name"))) &&
      (namespace === null || fits(one.namespace, namespace)),
  );
  return list(
    found.map(({ tool, written, origin }) =>
      map(
        [
          ["tool", scalar(tool, origin)],
          ["path", scalar(written, origin)],
        ],
        origin,
      ),
    ),
    server.origin,
  );
}

/** Null where nothing is asked for, undefined where it is not known what. Stars alone are followed, and few: a pattern must not take its time. */
function pattern(node: Node | undefined, star: "*" | ".*"): RegExp | null | undefined {
  if (node === undefined) return null;
  const said = known(node);
  if (said === null) return undefined;
  const parts = said.split(star);
  if (parts.length > 4 || parts.some((part) => !/^[\w.-]*$/.test(part))) return undefined;
  return said === "" ? null : new RegExp(`^${parts.map((part) => part.replaceAll(".", "\\.")).join(".*")}$`);
}

/** A JSON pointer to the replicas, or to what they stand in. */
function hides(pointer: string): boolean {
  return pointer === "/spec" || pointer === "/spec/replicas";
}

/** The same as a path of jq, in its usual spellings. */
function jqHides(path: string): boolean {
  const plain = path
    .replace(/[\s?]/g, "")
    .replaceAll("|.", ".")
    .replace(/\.?\[["'](\w+)["']\]/g, ".$1")
    .replace(/^\(?\.*/, ".")
    .replace(/\)$/, "");
  return plain === ".spec" || plain === ".spec.replicas";
}

function isIn(folder: string, { from, folder: named, recurse }: WatchedFolder): boolean {
  const below = posix.normalize(named.replace(/^\/+/, "")).replace(/\/$/, "");
  for (let above = posix.dirname(from); ; above = posix.dirname(above)) {
    const whole = posix.join(above, below);
    if (folder === whole || (recurse && folder.startsWith(`${whole}/`))) return true;
    if (above === "." || above === "/" || above.endsWith("..")) return false;
  }
}
