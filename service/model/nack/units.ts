// Which of NACK's resources are in sight of each other: those of one folder and namespace, or of one Kustomization and namespace.

import { posix } from "node:path";
import { groupedBy, hasVariants } from "../kubernetes/units-of.ts";
import type { FileObject } from "../read-sources.ts";
import { isNackResource, type NackResource, nackResource } from "./resource.ts";

export interface NackUnit {
  /** The file of the first of them. */
  readonly path: string;
  /** Null where they do not say it. */
  readonly namespace: string | null;
  readonly resources: readonly NackResource[];
  /** Does a Kustomization put them together, with all that it has in sight? */
  readonly complete: boolean;
}

/** Files with a resource of NACK among their objects. */
export function nackFiles(objects: readonly FileObject[]): ReadonlySet<string> {
  return new Set(objects.flatMap(({ path, object }) => (isNackResource(object) ? [path] : [])));
}

/** What one Kustomization deploys. */
export interface Kustomized {
  readonly objects: readonly FileObject[];
  readonly unit: { readonly complete: boolean };
}

/** The units of what lies in folders, and of what each Kustomization puts together. */
export function nackUnits(objects: readonly FileObject[], kustomized: readonly Kustomized[]): NackUnit[] {
  const own = objects.filter(({ object }) => isNackResource(object));
  const folders = [...groupedBy(own, ({ path }) => posix.dirname(path)).values()];
  // Two files that define the same resource are two variants, not one deployment.
  const groups = folders.flatMap((here) => (hasVariants(here) ? [...groupedBy(here, ({ path }) => path).values()] : [here]));
  const loose = groups.map((group) => ({ group, complete: false }));
  const built = kustomized.map(({ objects, unit }) => ({ group: objects.filter(({ object }) => isNackResource(object)), complete: unit.complete }));
  return [...loose, ...built].flatMap(({ group, complete }) =>
    [...groupedBy(group, ({ object }) => object.namespace)].flatMap(([namespace, members]) => {
      const [first] = members;
      return first === undefined ? [] : [{ path: first.path, namespace, resources: members.map(nackResource), complete }];
    }),
  );
}
