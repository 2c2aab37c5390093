// Which release of the base is which of the head: change rules compare one with the other, and never two that only look alike.

import { posix } from "node:path";
import { at, text } from "../document/node.ts";
import { NACK_LISTS } from "./nack/resource.ts";
import type { Release } from "./releases.ts";

/**
 * For each release of the head the one that it was; `null` where there was none. One that may have been any of several,
 * or whose file was there with nothing in it that could be read, is missing: whether it changed is not known.
 */
export function before(head: readonly Release[], base: readonly Release[], paths: ReadonlySet<string>): ReadonlyMap<Release, Release | null> {
  const found = new Map<Release, Release | null>();
  const left = { head: new Set(head), base: new Set(base) };
  for (const sameness of [exact, place, name]) {
    const was = grouped(left.base, sameness);
    for (const [key, [one, ...others]] of grouped(left.head, sameness)) {
      const [old, ...more] = was.get(key) ?? [];
      if (one === undefined || old === undefined || others.length > 0 || more.length > 0) continue;
      found.set(one, old);
      left.head.delete(one);
      left.base.delete(old);
    }
  }
  for (const one of left.head) {
    const alike = [place, name].some((sameness) => [...left.base].some((old) => sameness(old) !== null && sameness(old) === sameness(one)));
    if (!alike && !paths.has(one.path)) found.set(one, null);
  }
  return found;
}

/** The same file, release and server. */
function exact(release: Release): string {
  return JSON.stringify([release.path, release.name, namespaceOf(release), kindOf(release)]);
}

/** The same file, where it is the only server of its kind there: a release may be renamed. Streams and the like go by folder. */
function place(release: Release): string {
  const kind = kindOf(release);
  return kind === null ? JSON.stringify([posix.dirname(release.path), namespaceOf(release)]) : JSON.stringify([release.path, kind]);
}

/** The same release in another file: a file may be moved. */
function name(release: Release): string | null {
  return release.name === null ? null : JSON.stringify([release.name, namespaceOf(release), kindOf(release), release.environment]);
}

function grouped(releases: ReadonlySet<Release>, sameness: (release: Release) => string | null): Map<string, Release[]> {
  const found = new Map<string, Release[]>();
  for (const release of releases) {
    const key = sameness(release);
    if (key !== null) found.set(key, [...(found.get(key) ?? []), release]);
  }
  return found;
}

function kindOf(release: Release): string | null {
  const installed = text(at(release.tree, "installations", 0, "kind"));
  if (installed !== undefined) return `installation by ${installed}`;
  const isOfOperator = ["natsOperators", "serviceRoles", "nackControllers"].some((list) => at(release.tree, list, 0) !== undefined);
  const isAlias = at(release.tree, "externalNames") !== undefined;
  return text(at(release.tree, "servers", 0, "kind")) ?? (isOfOperator ? "operator" : isAlias ? "alias" : null);
}

function namespaceOf(release: Release): string | null {
  const of = (list: string): string | undefined => text(at(release.tree, list, 0, "scope", "namespace"));
  return ["servers", ...NACK_LISTS].map(of).find((namespace) => namespace !== undefined) ?? null;
}
