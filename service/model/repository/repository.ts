// What concerns several releases, from the facts of each: names used twice, gateways, environments, resources of NACK and
// their servers. Grouped by name once, so that no policy compares releases in pairs.

import type { FileObject } from "../read-sources.ts";
import type { Release } from "../releases.ts";
import { missingKeys } from "./account-secrets.ts";
import { type Controller, controllerFacts } from "./controllers.ts";
import { type Elsewhere, elsewhere } from "./elsewhere.ts";
import { linksOf } from "./links.ts";
import type { Member } from "./member.ts";
import { clusterNames, gateways, serverNames } from "./names.ts";
import { duplicates, type Holder, type Pruner, pruned, removed, type Together } from "./objects.ts";
import { managedTwice, missingNames, type Placed, replicasOverCluster } from "./resources.ts";
import { type Partitions, partitions } from "./partitions.ts";
import { type Fetched, fetched } from "./scripts.ts";
import { tableReleases } from "./table.ts";
import { versions } from "./versions.ts";
import { type Overlaid, weaker } from "./weaker.ts";

/** What the files say beside the releases. */
export interface Repository {
  readonly nack: readonly Placed[];
  readonly controllers: readonly Controller[];
  readonly objects: readonly FileObject[];
  /** All objects of the files, and what may belong to them though its text names NATS nowhere. */
  readonly near: readonly FileObject[];
  readonly together: readonly Together[];
  readonly holders: readonly Holder[];
  /** All objects that hold data, kept or not. */
  readonly held: ReadonlySet<string>;
  readonly pruners: readonly Pruner[];
  readonly elsewhere: readonly Elsewhere[];
  readonly fetched: readonly Fetched[];
}

/** The table, as a release of its own for each environment; none where nothing is to be said. `before` holds what there was before a change. */
export function repositoryReleases(
  members: readonly Member[],
  overlaid: readonly Overlaid[],
  repository: Repository,
  before: readonly Holder[] | undefined,
): readonly Release[] {
  // Partitions look themselves whether the facts that they need are sure.
  const parts = partitions(members);
  const first = table(members, overlaid, repository, before, parts);
  if (first.length === 0 || members.every((one) => one.others().length === 0)) return first;
  // Which version of a chart reads the values matters only where something is to be said.
  const sure = new Set(members.filter(isSure));
  return table(
    [...sure],
    overlaid.filter(({ member }) => sure.has(member)),
    repository,
    before,
    parts,
  );
}

/** Do all versions of its chart make the same of the values? */
function isSure(member: Member): boolean {
  return member.others().every((other) => other !== null && factsOf(other) === factsOf(member));
}

/** Places, and facts whose table looks itself whether they are sure. */
const OWN: ReadonlySet<string> = new Set(["origin", "streaming", "serverVersion"]);

function factsOf(member: Member): string {
  return JSON.stringify(member, (key, value: unknown) => (OWN.has(key) ? undefined : value));
}

function table(
  members: readonly Member[],
  overlaid: readonly Overlaid[],
  repository: Repository,
  before: readonly Holder[] | undefined,
  parts: Partitions,
): readonly Release[] {
  const links = linksOf(members);
  return tableReleases({
    clusterNames: clusterNames(links),
    serverNames: serverNames(links, members),
    gateways: gateways(members),
    weaker: weaker(members, overlaid),
    replicas: replicasOverCluster(repository.nack, members),
    missing: missingNames(repository.nack),
    managed: managedTwice(repository.nack, repository.objects),
    duplicates: duplicates(repository.together),
    pruned: pruned(repository.holders, repository.pruners),
    removed: before === undefined ? [] : removed(before, repository.held, repository.pruners),
    elsewhere: elsewhere(repository.elsewhere),
    fetched: fetched(repository.fetched),
    versions: versions(links, members),
    missingKeys: missingKeys(repository.nack, repository.near),
    ...controllerFacts(repository.nack, repository.controllers),
    ...parts,
  });
}
