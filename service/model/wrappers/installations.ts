// All wrappers of the sources, each read by what its kind means.

import type { MapNode } from "../../document/node.ts";
import type { TextViolation } from "../../document/violation.ts";
import { text } from "../../document/node.ts";
import type { FileObject } from "../read-sources.ts";
import { applicationInstallations } from "./argo.ts";
import { applicationSetInstallations } from "./argo-set/application-set.ts";
import { fleetInstallations, isFleet } from "./fleet.ts";
import { helmReleaseInstallations } from "./flux.ts";
import { helmfileInstallations, isHelmfile } from "./helmfile.ts";
import type { Installation, Sight } from "./installation.ts";
import { helmChartInstallations } from "./k3s.ts";

type Reader = (node: MapNode, sight: Sight, violations: TextViolation[], objects: readonly FileObject[]) => Installation[];

/** By API group and kind; the version of the group makes no difference. */
const READERS: Readonly<Record<string, Reader>> = {
  "argoproj.io/Application": applicationInstallations,
  "argoproj.io/ApplicationSet": applicationSetInstallations,
  "helm.cattle.io/HelmChart": helmChartInstallations,
  "helm.fluxcd.io/HelmRelease": helmReleaseInstallations,
  "helm.toolkit.fluxcd.io/HelmRelease": helmReleaseInstallations,
};

export interface Installations {
  readonly found: readonly Installation[];
  /** What is wrong in values that are embedded in wrappers. */
  readonly violations: readonly TextViolation[];
  /** Files with objects that are called as wrappers are, and are none; with why. */
  readonly notUnderstood: ReadonlyMap<string, string>;
}

/** Kinds that only the wrappers' own groups have; of the others several projects have one. */
const KINDS = /^(Application|ApplicationSet|HelmRelease)$/;

/** Groups with such a kind that is no wrapper, or another tool's. */
const GROUPS = /\./;

/** Does an object install something? */
export function isWrapper({ kind, node }: FileObject["object"]): boolean {
  return `${(text(node.entries.get("apiVersion")) ?? "").split("/")[0]}/${kind}` in READERS;
}

/**
 * What the wrappers among the objects install, and those that are files of a name of their own. What they refer to is
 * looked for among the objects `beside` them, the first that fits.
 */
export function installationsOf(
  objects: readonly FileObject[],
  paths: readonly string[],
  sight: Sight,
  beside: readonly FileObject[] = objects,
): Installations {
  const violations: TextViolation[] = [];
  const notUnderstood = new Map<string, string>();
  const found = objects.flatMap(({ object }) => {
    const group = (text(object.node.entries.get("apiVersion")) ?? "").split("/")[0] ?? "";
    const reader = READERS[`${group}/${object.kind}`];
    if (reader === undefined && KINDS.test(object.kind) && !GROUPS.test(group)) {
      const written = text(object.node.entries.get("apiVersion")) ?? "";
      notUnderstood.set(object.node.origin.path, `no ${object.kind} has the apiVersion ${written}`);
    }
    return reader === undefined ? [] : reader(object.node, sight, violations, beside);
  });
  const helmfiles = paths.filter(isHelmfile).flatMap((path) => helmfileInstallations(path, sight));
  const bundles = paths.filter(isFleet).flatMap((path) => fleetInstallations(path, sight));
  return { found: [...found, ...helmfiles, ...bundles], violations, notUnderstood };
}
