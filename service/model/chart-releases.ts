// Values files become releases: which files make one, which chart reads them, what it renders from them.

import { posix } from "node:path";
import { at, isUnset, map, type MapNode, type Node, type Origin, unknown } from "../document/node.ts";
import type { TextViolation } from "../document/violation.ts";
import type { Knowledge } from "./knowledge.ts";
import type { FileLook } from "../source/file-look.ts";
import { type EnvironmentOf, environmentOf } from "../settings/environment.ts";
import type { Settings } from "../settings/settings.ts";
import { chartNode, unreadNode } from "./chart-nodes.ts";
import { candidates, type Candidates, representatives } from "./chart-facts.ts";
import { CHARTS, nameChart, readChartOption } from "./charts.ts";
import { type Detected, type Detection, detectValues } from "./detect.ts";
import { hintsFor } from "./hints.ts";
import { isWholeCopy, ofLastAsked, type Recent, type Rendered, rendered } from "./rendered.ts";
import { overlay } from "./helm-values.ts";
import { type AssembleContext, type AssembledServer, assemble } from "./kubernetes/assemble.ts";
import { besideValues } from "./kubernetes/units-of.ts";
import { layeredFiles } from "./layers/layered-files.ts";
import { withChartFolders } from "./layers/subcharts.ts";
import { isMadeByOperator } from "./operators/made.ts";
import { operatorTree } from "./operators/releases.ts";
import type { ReadSources } from "./read-sources.ts";
import { refusedValues } from "./refused-values.ts";
import type { Found, Release } from "./releases.ts";
import type { TakenFor } from "./taken-for.ts";
import { keyViolations, unknownKeys } from "./unknown-keys.ts";
import { kindViolations } from "./value-kinds.ts";
import { assigned } from "./wrappers/assignments.ts";
import type { Installation, Layer, Sight } from "./wrappers/installation.ts";
import { beginning, filesOf } from "./wrappers/value-files.ts";

/** What the values come to. States of files are noted in `read.looks`. */
export function chartReleases(
  read: ReadSources,
  wrapped: readonly Installation[],
  sight: Sight,
  settings: Settings,
  engine: Pick<Knowledge, "charts">,
  context: AssembleContext,
): {
  readonly found: Found[];
  /** Operators, NACK's controller and roles that charts install. */
  readonly controllers: readonly Release[];
  readonly violations: TextViolation[];
  readonly values: readonly Node[];
  readonly taken: TakenFor;
} {
  const controllers: Release[] = [];
  const taken = new Map<string, string[]>();
  const recent = ofLastAsked();
  const found: Found[] = [];
  const violations: TextViolation[] = [];
  const values: Node[] = [];
  const look = (path: string, state: FileLook["state"], why: string | null): void => void read.looks.set(path, { path, state, why });
  const owned = new Set(wrapped.flatMap((one) => [one.path, ...(one.parameters ?? []), ...one.layers.flatMap((layer) => (layer.isFile ? [layer.path] : []))]));
  const around = { sight, charts: engine.charts };
  const wrappers = withChartFolders(wrapped, read.charts, around);
  const alone = withChartFolders(layeredFiles(read.values, read.charts, settings, new Set([...owned, ...wrappers.files])), read.charts, around);
  const below = alone.files;
  for (const path of [...wrappers.copies, ...alone.copies]) if (read.looks.has(path)) look(path, "linted", null);
  for (const installation of [...wrappers.installations, ...alone.installations.filter((one) => one.layers.some((layer) => !below.has(layer.path)))]) {
    const paths = new Set(filesOf(installation).filter((path) => read.looks.has(path)));
    const layers = installation.layers.map((layer) => rootOf(layer, installation.origin));
    for (const layer of layers) values.push(layer);
    const root = together(installation.layers, installation);
    const detection = detectionOf(root, installation, read, settings);
    if (root.kind === "unknown" && isOurs(installation)) {
      const open = [...paths].filter((path) => path === installation.path || read.looks.get(path)?.state !== "linted");
      for (const path of open) look(path, "not-understood", `the values of its release are not known: ${root.because}`);
    }
    if (detection === null) continue;
    for (const one of detection.undecided) for (const path of paths) look(path, "not-understood", one.undecided);
    for (const chart of detection.charts) {
      const parts = installation.layers.flatMap((layer) => ("assignments" in layer ? [] : (at(layer.root, ...chart.at)?.origin.path ?? [])));
      for (const path of [...paths, ...parts]) if (read.looks.has(path)) look(path, "linted", null);
      for (const { path } of installation.layers) taken.set(path, [...(taken.get(path) ?? []), valuesOf(chart)]);
      if (chart.at.length === 0) for (const one of read.doubtful) if (paths.has(one.origin.path)) violations.push(one);
      if (installation.changed !== undefined) look(installation.path, "not-understood", installation.changed);
      if (isSwitchedOff(root, chart)) continue;
      const made = oneRelease({ installation, layers, root }, chart, read, settings, engine, context, recent);
      if (made.changed !== undefined) look(installation.path, "not-understood", made.changed);
      for (const one of made.found) found.push(one);
      if (made.controllers !== null) controllers.push(made.controllers);
      for (const one of made.violations) violations.push(one);
    }
  }
  return { found, controllers, violations, values, taken };
}

function valuesOf({ dialect, at }: Detected): string {
  return `values of ${CHARTS[dialect].title}${at.length === 0 ? "" : ` below ${at.join(".")}`}`;
}

/** Does a wrapper name a chart that natslint knows? */
function isOurs({ chart }: Installation): boolean {
  return chart?.kind === "published" && nameChart(chart.chart, chart.repository, chart.version).dialects.length > 0;
}

/** Layers over each other, as one tree. */
function together(layers: readonly Layer[], { origin }: Installation): Node {
  return layers.reduce<Node>(withLayer, map([], beginning(origin)));
}

/** Values on top of those below them. */
function withLayer(below: Node, layer: Layer): Node {
  if ("assignments" in layer) return assigned(below, layer.assignments);
  return below.kind === "map" && below.entries.size === 0 ? layer.root : overlay(below, layer.root);
}

/** A layer by itself, as a tree. */
function rootOf(layer: Layer, origin: Origin): Node {
  return "assignments" in layer ? assigned(map([], beginning(origin)), layer.assignments) : layer.root;
}

interface Followed extends Omit<Rendered, "unit"> {
  readonly servers: readonly AssembledServer[];
}

interface Values {
  readonly installation: Installation;
  readonly layers: readonly Node[];
  /** All layers together. */
  readonly root: Node;
}

function oneRelease(
  { installation, layers, root }: Values,
  detected: Detected,
  read: ReadSources,
  settings: Settings,
  engine: Pick<Knowledge, "charts">,
  context: AssembleContext,
  recent: Recent,
): { readonly found: Found[]; readonly controllers: Release | null; readonly violations: TextViolation[]; readonly changed: string | undefined } {
  const identity = CHARTS[detected.dialect];
  const facts = engine.charts(identity.facts);
  const version = detected.vendored ? null : detected.version;
  const chart = candidates(facts, version, version === null ? (identity.usual ?? identity.from) : identity.from, identity.below);
  const title = chart.versions.length === 1 ? `${identity.chart} ${chart.versions[0]}` : identity.title;
  const part = (values: Node): Node[] => {
    const node = at(values, ...detected.at);
    return node === undefined || isUnset(node) ? [] : [withGlobal(node, values, detected.at)];
  };
  const written = part(root);
  const { path, release: name, namespace } = installation;
  const start: Origin = { path, span: { start: 0, end: 0 } };
  const said = detected.versionAt ?? installation.wrapper?.version?.origin ?? start;
  const release = { name, namespace, chartName: detected.at.at(-1) ?? identity.chart };
  const beside = besideValues(read, posix.dirname(path), namespace);
  const environment = environmentFor(installation, settings);
  // Which version reads the values may be open: then each that stands for others is followed by itself.
  const [newest = chart, ...others] = representatives(chart);
  const first = follow(newest);
  const lower = installation.layers.filter(({ isFile }) => isFile).length > 1 ? installation.layers.slice(0, -1) : [];
  const servers = installation.changed === undefined ? first.servers : [];
  const found = servers.map(
    (server, index): Found => ({
      path,
      release: name ?? path,
      namespace,
      complete: !isMadeByOperator(server.workload),
      chart: isMadeByOperator(server.workload)
        ? unknown("an operator writes the configuration", server.workload.node.origin)
        : chartNode(chart, detected, start, said),
      unread: first.rendering.unread.map((one) => unreadNode(one, title)),
      server,
      environment,
      ignored: installation.ignored ?? [],
      others: others.map((other) => (schema) => {
        const { servers, rendering } = follow(other, written, schema);
        const server = servers[index];
        return server === undefined ? null : { server, unread: rendering.unread.map((one) => unreadNode(one, title)) };
      }),
      ...(lower.length > 0 && { below: (schema) => follow(newest, part(together(lower, installation)), schema).servers[index]?.tree ?? null }),
    }),
  );

  /** The values as one version of the chart reads them. */
  function follow(version: Candidates, values = written, schema = context.schema): Followed {
    const render = (): Rendered => rendered(values, version, { dialect: detected.dialect, installation, title, start, release, newest, beside });
    const { unit, ...made } = values === written ? recent(installation, version, render) : render();
    const servers = unit === null ? [] : assemble(unit, { ...context, schema, namespace }).filter((server) => made.objects.includes(server.workload));
    return { ...made, servers };
  }

  /** What the chart installs beside servers. The operators' clusters may lie in files of the same folder. */
  function controllersOf({ objects, rendering }: Followed): MapNode | null {
    const scope = { ...environment, release: name, namespace, complete: true };
    const inFolder = read.objects.filter((one) => one.object.kind === "NatsCluster" && posix.dirname(one.path) === posix.dirname(path));
    return operatorTree(objects, [...objects.filter(({ kind }) => kind === "NatsCluster"), ...inFolder.map(({ object }) => object)], scope, rendering.switches);
  }

  const installed = installation.changed === undefined ? controllersOf(first) : null;
  const controllers: Release | null =
    installed === null
      ? null
      : {
          ...environment,
          path,
          name,
          tree: installed,
          others: others.map((other) => () => controllersOf(follow(other))),
          ...(lower.length > 0 && { below: () => controllersOf(follow(newest, part(together(lower, installation)))) }),
        };
  const keys =
    detected.vendored || !identity.keysKnown
      ? []
      : layers.flatMap(part).flatMap((node) => {
          const copied = !detected.declared && isWholeCopy(node, newest);
          const { unknown, foreign } = unknownKeys(node, detected.dialect, chart, { nested: detected.at.length > 0 });
          // A changed copy of the defaults comes with changed templates, which may read what the published ones do not.
          return keyViolations({ unknown: copied ? unknown.filter((one) => one.meant !== undefined) : unknown, foreign }, chart, detected.declared);
        });
  const kinds = detected.vendored ? [] : layers.flatMap(part).flatMap((node) => kindViolations(node, detected.dialect, chart));
  const refused = refusedValues(root, detected, chart, said);
  // What the newest version refuses, an older one may take.
  return {
    found,
    controllers,
    violations: [...(others.length === 0 ? first.rendering.violations : []), ...keys, ...kinds, ...refused],
    changed: first.because,
  };
}

/** What the settings say, else what the wrapper's path, the namespace or the release say, else the files', the last first. */
function environmentFor({ path, by, namespace, release, settings: own, layers }: Installation, settings: Settings): EnvironmentOf {
  if (own?.environment !== undefined) return { environment: own.environment, from: "declared" };
  const deployed = by === undefined ? undefined : environmentOf(settings, by, namespace, release);
  if (deployed !== undefined && deployed.from !== null) return deployed;
  const found = environmentOf(settings, path, namespace, release);
  if (found.from !== null) return found;
  const others = [...layers].reverse().map((layer) => environmentOf(settings, layer.path, null, null));
  return others.find((one) => one.from !== null) ?? found;
}

/** A chart that a person names is believed for the files that they name, and elsewhere where the keys do not speak against it. */
function detectionOf(root: Node, installation: Installation, read: ReadSources, settings: Settings): Detection | null {
  const { chart: wrapped, layers } = installation;
  if (wrapped?.kind === "published") return detectValues(root, { wrapper: wrapped });
  const path = wrapped === undefined ? (layers[0]?.path ?? "") : posix.join(wrapped.folder, "values.yaml");
  const named = installation.settings !== undefined || layers.some((layer) => settings.named.includes(layer.path));
  const chart = installation.settings?.chart ?? settings.assume.chart;
  const chosen = chart === undefined ? undefined : readChartOption(chart);
  if (chosen === undefined || "error" in chosen) return detectValues(root, hintsFor(path, read));
  if (named && wrapped === undefined) return detectValues(root, { ...hintsFor(path, read), chosen });
  const detection = detectValues(root, hintsFor(path, read));
  if (detection === null || !detection.charts.some((one) => !one.declared && chosen.dialects.includes(one.dialect))) return detection;
  const charts = detection.charts.map((one) =>
    one.declared || !chosen.dialects.includes(one.dialect) ? one : { ...one, version: chosen.version, declared: true },
  );
  return { ...detection, charts };
}

/** Helm hands a parent's `global` down to its dependencies. */
function withGlobal(values: Node, root: Node, path: readonly string[]): Node {
  const global = path.length === 0 ? undefined : at(root, "global");
  if (global === undefined || values.kind !== "map") return values;
  const own = values.entries.get("global");
  return { ...values, entries: new Map([...values.entries, ["global", own === undefined ? global : overlay(own, global)]]) };
}

/** Does the parent's condition for the dependency say no, or where it is silent do the tags? */
function isSwitchedOff(root: Node, { condition, tags }: Detected): boolean {
  for (const path of condition?.split(",") ?? []) {
    const node = at(root, ...path.trim().split("."));
    if (node?.kind === "unknown") return false;
    if (node?.kind === "scalar" && typeof node.value === "boolean") return !node.value;
  }
  const told = (tags ?? []).map((tag) => at(root, "tags", tag)).filter((node) => node !== undefined);
  return told.length > 0 && told.every((node) => node.kind === "scalar" && node.value === false);
}
