// From sources to releases: what will run, as trees in the model's shape. The order of this file is the order of things:
// objects and configurations as they stand, values with the charts that read them, servers assembled from both.

import { at, list, map, type MapNode, type Node, scalar, text, unknown } from "../document/node.ts";
import type { TextViolation } from "../document/violation.ts";
import type { Span } from "../source/position.ts";
import { externalNames } from "./external-names.ts";
import type { Knowledge } from "./knowledge.ts";
import type { FileLook } from "../source/file-look.ts";
import type { Environment } from "../rule/rule.ts";
import { type EnvironmentOf, environmentOf } from "../settings/environment.ts";
import type { Settings } from "../settings/settings.ts";
import type { Source } from "../source/source.ts";
import { chartReleases } from "./chart-releases.ts";
import { agreedConfViolations } from "./conf-violations.ts";
import { type ConfText, confOfFile, confRelease, included } from "./conf-release.ts";
import { loneConfs } from "./kubernetes/lone-confs.ts";
import { type AssembledServer, assemble } from "./kubernetes/assemble.ts";
import { withFtPeers } from "./ft-peers.ts";
import { type FolderUnit, serverFiles, unitsOf } from "./kubernetes/units-of.ts";
import { misnested } from "./layers/misnested.ts";
import { nackRelease, noResources } from "./nack/releases.ts";
import { nackFiles, nackUnits } from "./nack/units.ts";
import { isMadeByOperator } from "./operators/made.ts";
import { operatorFiles, operatorReleases } from "./operators/releases.ts";
import { withPeers } from "./peers.ts";
import { repositoryOf } from "./repository/facts.ts";
import type { Repository } from "./repository/repository.ts";
import { type FileObject, readSources, type ReadSources } from "./read-sources.ts";
import type { RootSchema } from "./schema.ts";
import { scopeNode } from "./scope.ts";
import { secretMaterial } from "./secret-material.ts";
import { secretSpans } from "./secret-spans.ts";
import { type TakenFor, takenFor } from "./taken-for.ts";
import { readVersion } from "./versions.ts";
import { type IgnoredReplicas, ignoredInFolder, ignoredReplicas, watchedFolders } from "./wrappers/ignored-replicas.ts";
import { installationRelease } from "./wrappers/installation-release.ts";
import { type Installations, installationsOf, isWrapper } from "./wrappers/installations.ts";
import { kustomized, type KustomizedUnit } from "./wrappers/kustomize/kustomizations.ts";
import { sightOf } from "./wrappers/sight.ts";

/** One server with all that belongs to it, or the streams and the like of one place. */
export interface Release extends EnvironmentOf {
  /** The file that it is described in: the workload's, the last of the values, the configuration. */
  readonly path: string;
  readonly name: string | null;
  readonly environment: Environment | null;
  /** The whole tree that conform takes: `{servers: [...]}`. */
  readonly tree: MapNode;
  /**
   * Where it is open which version of a chart reads the values, the trees of other versions that may. What is said of
   * `tree`, the newest one's, counts only if it holds for all of them.
   */
  readonly others: readonly Version[];
  /** What the values below the last of several files would make by themselves; absent where there is but one. */
  readonly below?: Version;
}

/** A release as something else makes it, with those parts of a server that the schema has; null where it has none. */
export type Version = (schema: RootSchema) => MapNode | null;

export interface Releases {
  readonly releases: readonly Release[];
  /** What concerns several of them. */
  readonly repository: Repository;
  readonly violations: readonly TextViolation[];
  readonly files: readonly FileLook[];
  /** What the files were taken for, by path. */
  readonly taken: TakenFor;
  /** Where secrets stand, by path. */
  readonly secretSpans: () => ReadonlyMap<string, readonly Span[]>;
  /** Annotations `natslint/ignore`, with the objects that they stand on. */
  readonly annotations: readonly { readonly path: string; readonly text: string; readonly span: Span; readonly object: Span }[];
}

/** A server before its scope is known. */
export interface Found {
  readonly path: string;
  readonly release: string | null;
  readonly namespace: string | null;
  readonly complete: boolean;
  readonly chart: Node | undefined;
  readonly unread: readonly Node[];
  readonly server: Pick<AssembledServer, "tree" | "confErrors" | "confSaid">;
  readonly environment: EnvironmentOf | undefined;
  /** What whoever deploys it does not compare with Git. */
  readonly ignored?: readonly IgnoredReplicas[];
  /** The same server as other versions of the chart have it. */
  readonly others?: readonly ((schema: RootSchema) => Pick<Found, "unread" | "server"> | null)[];
  /** The same server as the values below the last file make it. */
  readonly below?: Version;
}

export function readReleases(sources: readonly Source[], settings: Settings, engine: Knowledge): Releases {
  const texts = new Map(sources.map((source) => [source.path, source.text] as const));
  const named = new Set(settings.releases.flatMap((release) => release.values));
  const read = readSources(sources, new Set([...named, ...settings.named]), settings.alone?.path);
  const serverVersion = settings.assume.serverVersion === undefined ? null : readVersion(settings.assume.serverVersion);
  const context = {
    schema: engine.schema,
    sourceText: (path: string) => texts.get(path),
    serverVersion,
    nodes: settings.cluster,
    namespace: settings.assume.namespace ?? null,
  };

  const sight = sightOf(sources, new Map([...read.values, ...read.charts]));
  const kustomizations = kustomized([...texts.keys()], sourcesOfServers(read.objects), sight);
  const kept = without(read, kustomizations.consumed);
  const wrappers = [
    installationsOf(kept.objects, [...read.values.keys()], sight, read.objects),
    ...kustomizations.units.map(({ objects, path }) => deployedBy(path, installationsOf(objects, [], sight, [...objects, ...read.objects]))),
  ];
  const wrapped = wrappers.flatMap((one) => one.found);
  for (const path of kustomizations.consumed) read.looks.set(path, { path, state: "linted", why: null });
  for (const [path, why] of [...wrappers.flatMap((one) => [...one.notUnderstood]), ...kustomizations.notUnderstood])
    read.looks.set(path, { path, state: "not-understood", why });

  const watched = watchedFolders([...read.objects, ...kustomizations.units.flatMap((one) => one.objects)]);
  const found: Found[] = [];
  for (const { unit, path } of [...unitsOf(kept), ...kustomizations.units.map(unitOfKustomization)]) {
    for (const server of assemble(unit, context)) {
      const { workload } = server;
      found.push({
        path: path(workload),
        release: workload.name,
        namespace: workload.namespace ?? settings.assume.namespace ?? null,
        complete: unit.complete,
        chart: isMadeByOperator(workload) ? unknown("an operator writes the configuration", workload.node.origin) : undefined,
        unread: [],
        server,
        environment: undefined,
        ignored: ignoredInFolder(path(workload), watched),
      });
    }
  }
  const charted = chartReleases(kept, [...wrapped, ...kustomizations.installations], sight, settings, engine, context);
  for (const one of charted.found) found.push(one);
  for (const one of confsByThemselves(kept, found, texts, settings, engine, serverVersion?.parts)) found.push(one);

  const ofConfs = found.flatMap((one) => agreedConfViolations(one, settings.alone !== undefined, engine.schema));
  const material = settings.alone === undefined ? secretMaterial(sources, read.looks) : [];
  const umbrellas = misnested(read.charts, [...wrapped, ...kustomizations.installations], read.values, texts);
  const violations = [...read.violations, ...material, ...wrappers.flatMap((one) => one.violations), ...umbrellas, ...charted.violations, ...ofConfs];
  const resources = nackUnits(kept.objects, kustomizations.units);
  const releases = [
    ...withFtPeers(withPeers(found)).map((one) => finished(one, settings)),
    ...resources.map((unit) => nackRelease(unit, settings, engine.schema)),
    ...externalNames([...kept.objects, ...kustomizations.units.flatMap((one) => one.objects)], settings),
    ...operatorReleases(
      kept.objects,
      kustomizations.units.map(({ objects }) => objects),
      settings,
    ),
    ...charted.controllers,
    ...[...wrapped, ...kustomizations.installations].flatMap((one) => installationRelease(one, settings, sight) ?? []),
  ];
  return {
    releases,
    violations: once(violations),
    repository: repositoryOf(read, kustomizations.units, resources, releases, settings),
    files: [...read.looks.values()].sort((a, b) => (a.path < b.path ? -1 : 1)),
    taken: takenFor(read, charted.taken, new Set(found.filter(({ server }) => text(at(server.tree, "kind")) === "stan").map(({ path }) => path))),
    annotations: read.objects.flatMap(({ object }) => {
      const node = at(object.node, "metadata", "annotations", "natslint/ignore");
      const said = text(node);
      return node === undefined || said === undefined ? [] : [{ path: node.origin.path, text: said, span: node.origin.span, object: object.node.origin.span }];
    }),
    secretSpans: () =>
      secretSpans({ ...read, objects: [...read.objects, ...kustomizations.units.flatMap((one) => one.objects)] }, [
        ...charted.values,
        ...releases.map((one) => one.tree),
      ]),
  };
}

/** Files with a server among their objects, with what installs one, or with streams and the like. */
function sourcesOfServers(objects: readonly FileObject[]): ReadonlySet<string> {
  return new Set([
    ...serverFiles(objects),
    ...nackFiles(objects),
    ...operatorFiles(objects),
    ...objects.filter(({ object }) => isWrapper(object)).map(({ path }) => path),
  ]);
}

/** Configurations whose server is not in sight: files, and keys of ConfigMaps and Secrets. */
function confsByThemselves(
  read: ReadSources,
  servers: readonly Found[],
  texts: ReadonlyMap<string, string>,
  settings: Settings,
  engine: Knowledge,
  version: readonly number[] | undefined,
): Found[] {
  const namespace = settings.assume.namespace ?? null;
  const files = read.confs.map((source) => confOfFile(source, namespace));
  const beside = (path: string): ConfText | undefined => {
    const text = texts.get(path);
    return text === undefined ? undefined : confOfFile({ path, text }, namespace);
  };
  const inUse = servers.flatMap(({ server }) => {
    const config = at(server.tree, "config");
    // Where flags change it, the whole has the container's place, and the parts have their own.
    return config === undefined ? [] : [config.origin, ...(config.kind === "map" ? [...config.entries.values()].map(({ origin }) => origin) : [])];
  });
  const groups = [
    { confs: files, beside },
    ...loneConfs(read.objects, inUse, (path) => texts.get(path)).map((one) => ({ confs: one.confs, beside: (name: string) => one.beside.get(name) })),
  ];
  return groups.flatMap((group) => {
    const parts = included(group.confs);
    return group.confs.map((conf) => confRelease(conf, settings, engine, { version, beside: group.beside, isPart: parts.has(conf.name) }));
  });
}

/** What is read without the files that a Kustomization takes up: they are deployed through it. */
function without(read: ReadSources, files: ReadonlySet<string>): ReadSources {
  if (files.size === 0) return read;
  const kept = ({ path }: FileObject): boolean => !files.has(path);
  const values = new Map([...read.values].filter(([path]) => !files.has(path)));
  const confs = read.confs.filter(({ path }) => !files.has(path));
  return { ...read, values, confs, objects: read.objects.filter(kept), companions: (folders) => read.companions(folders).filter(kept) };
}

function unitOfKustomization({ unit, path }: KustomizedUnit): FolderUnit {
  return { unit, path: () => path };
}

function deployedBy(by: string, made: Installations): Installations {
  return { ...made, found: made.found.map((one) => ({ ...one, by })) };
}

function finished(one: Found, settings: Settings): Release {
  const { tree } = one.server;
  const environment = one.environment ?? environmentOf(settings, one.path, one.namespace, one.release);
  const scope = scopeNode({ ...environment, release: one.release, namespace: one.namespace, complete: one.complete }, tree.origin);
  const chart = one.chart ?? scalar(null, tree.origin);
  const whole = (own: MapNode, unread: readonly Node[]): MapNode => {
    const ignored = ignoredReplicas(own, one.namespace, one.ignored ?? []);
    const server = map([...own.entries, ["scope", scope], ["chart", chart], ["unread", list(unread, tree.origin)], ["ignoredReplicas", ignored]], tree.origin);
    return map([["servers", list([server], tree.origin)], ...noResources(tree.origin)], tree.origin);
  };
  // Who belongs together is asked of the newest version alone: its answers go for the others.
  const grouped = [...tree.entries].filter(([key]) => key === "peers" || key === "ftPeers");
  const others = (one.others ?? []).map(
    (other): Version =>
      (schema) => {
        const made = other(schema);
        return made === null ? null : whole(map([...made.server.tree.entries, ...grouped], made.server.tree.origin), made.unread);
      },
  );
  const { below } = one;
  const lower: Version = (schema) => {
    const made = below?.(schema) ?? null;
    return made === null ? null : whole(made, []);
  };
  return { ...environment, path: one.path, name: one.release, tree: whole(tree, one.unread), others, ...(below !== undefined && { below: lower }) };
}

/** The same place is spoken of once, though several releases read it. */
function once(violations: readonly TextViolation[]): TextViolation[] {
  const seen = new Set<string>();
  return violations.filter((one) => {
    const key = `${one.rule} ${one.origin.path} ${one.origin.span.start} ${one.case ?? ""} ${one.facts["missing"] ?? one.facts["other"] ?? ""}`;
    return !seen.has(key) && seen.add(key) !== undefined;
  });
}
