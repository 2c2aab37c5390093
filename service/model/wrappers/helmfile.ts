// helmfile.yaml as far as it stands there: releases, their charts and values, for each environment that it names.
// What Go templates decide is unknown. Lowest first: values in their order, secrets, set.

import { posix } from "node:path";
import { at, isUnset, map, members, type Node, type Origin, scalar, unknown } from "../../document/node.ts";
import { type Assignment, readName, typed } from "./assignments.ts";
import { known, withoutTemplates } from "./embedded-values.ts";
import type { ChartReference, Installation, Layer, Sight } from "./installation.ts";
import { fileLayer, ownLayer, unknownLayer } from "./value-files.ts";

/** Is it a helmfile by its name? */
export function isHelmfile(path: string): boolean {
  return /(^|\/)(helmfile[\w.-]*\.ya?ml(\.gotmpl)?|helmfile\.d\/[^/]+\.ya?ml(\.gotmpl)?)$/.test(path);
}

/** The releases of a helmfile and of those that it names. */
export function helmfileInstallations(path: string, sight: Sight, above: readonly string[] = []): Installation[] {
  const documents = (sight.documents(path) ?? []).map((one) => withoutTemplates(one, (text) => text.includes("{{"), "a template decides it"));
  const folder = posix.dirname(path);
  const inside = [...above, path];
  const bases = documents.flatMap((one) => members(at(one, "bases"))).flatMap((node) => sight.documents(posix.join(folder, known(node) ?? "?")) ?? []);
  const all = [...bases, ...documents];
  const repositories = new Map(
    all
      .flatMap((one) => members(at(one, "repositories")))
      .flatMap((one): [string, string | null][] => {
        const name = known(at(one, "name"));
        return name === null ? [] : [[name, known(at(one, "url"))]];
      }),
  );
  const templates = new Map(all.flatMap((one) => entriesOf(at(one, "templates"))));
  const releases = documents.flatMap((one) => members(at(one, "releases")));
  const others = documents
    .flatMap((one) => members(at(one, "helmfiles")))
    .flatMap((node) => known(at(node, "path") ?? node) ?? [])
    .map((name) => posix.join(folder, name))
    .filter((other) => !inside.includes(other) && /\.ya?ml$/.test(other) && sight.has(other));
  return [
    ...releases.flatMap((release) => installationOf(release, { path, folder, repositories, templates, sight })),
    ...others.flatMap((other) => helmfileInstallations(other, sight, inside)),
  ];
}

interface Helmfile {
  readonly path: string;
  readonly folder: string;
  readonly repositories: ReadonlyMap<string, string | null>;
  readonly templates: ReadonlyMap<string, Node>;
  readonly sight: Sight;
}

function entriesOf(node: Node | undefined): readonly (readonly [string, Node])[] {
  return node?.kind === "map" ? [...node.entries] : [];
}

function installationOf(own: Node, file: Helmfile): Installation[] {
  const release = inherited(own, file.templates);
  const chart = at(release, "chart");
  const name = known(chart);
  const installed = at(release, "installed");
  if (release?.kind !== "map" || chart === undefined || name === null || (installed?.kind === "scalar" && installed.value === false)) return [];
  const reference = chartOf(name, known(at(release, "version")), file);
  if (reference === null) return [];
  const namespace = at(release, "namespace");
  return [
    {
      path: file.path,
      origin: chart.origin,
      chart: reference,
      wrapper: { kind: "helmfile", object: release, version: at(release, "version"), repository: undefined },
      layers: layersOf(release, file),
      release: known(at(release, "name")),
      namespace: known(namespace),
      ...(release.incomplete === undefined ? {} : { changed: release.incomplete }),
      ...(["jsonPatches", "strategicMergePatches", "transformers"].every((key) => isUnset(at(release, key)))
        ? {}
        : { changed: "it is patched after it is rendered" }),
    },
  ];
}

/** `inherit: [{template: x}]`: what the release does not say itself. */
function inherited(own: Node, templates: ReadonlyMap<string, Node>): Node {
  const names = members(at(own, "inherit")).flatMap((one) => known(at(one, "template")) ?? []);
  if (own.kind !== "map") return own;
  const below = names.flatMap((name) => entriesOf(templates.get(name)));
  return { ...own, entries: new Map([...below, ...own.entries]) };
}

/** `repository/name`, an OCI address, or a folder. */
function chartOf(name: string, version: string | null, { folder, repositories, sight }: Helmfile): ChartReference | null {
  if (/^[./]/.test(name)) {
    const local = posix.join(folder, name);
    return sight.has(posix.join(local, "Chart.yaml")) ? { kind: "folder", folder: local } : null;
  }
  if (name.startsWith("oci://")) return { kind: "published", chart: name.split("/").at(-1) ?? name, repository: name, version };
  const [owner = "", ...rest] = name.split("/");
  if (rest.length === 0) return null;
  return { kind: "published", chart: rest.join("/"), repository: repositories.has(owner) ? (repositories.get(owner) ?? null) : owner, version };
}

function layersOf(release: Node, { path, folder, sight }: Helmfile): Layer[] {
  const values = at(release, "values");
  const layers: Layer[] = values?.kind === "unknown" ? [ownLayer(values)] : members(values).map((one) => valuesOf(one, folder, sight));
  const secrets = at(release, "secrets");
  if (secrets !== undefined && !isUnset(secrets)) layers.push(unknownLayer("they are encrypted", secrets.origin));
  const set = [...members(at(release, "set")), ...members(at(release, "setString"))];
  const assignments = set.map((one) => assignment(one, members(at(release, "setString")).includes(one)));
  if (assignments.includes(null)) layers.push(unknownLayer("what is set is not known", release.origin));
  else if (assignments.length > 0) layers.push({ path, assignments: assignments.filter((one) => one !== null), isFile: false });
  return layers;
}

/** A file, or a map in place; a file that ends with `.gotmpl` is a template. */
function valuesOf(one: Node, folder: string, sight: Sight): Layer {
  if (one.kind !== "scalar") return ownLayer(one);
  const name = known(one);
  if (name === null || /[*?]|^[a-z0-9+]+:/i.test(name)) return unknownLayer("which file is meant is not known", one.origin);
  if (name.endsWith(".gotmpl")) return unknownLayer("it is a template", one.origin);
  return fileLayer(posix.join(folder, name), one.origin, sight);
}

function assignment(one: Node, isText: boolean): Assignment | null {
  const path = readName(known(at(one, "name")) ?? "=");
  const value = at(one, "value") ?? at(one, "values");
  if (path === null) return null;
  if (value === undefined) return { path, value: unknown("it comes from a file", one.origin) };
  const placed = (node: Node): Node =>
    node.kind === "scalar" ? scalar(isText ? String(node.value ?? "") : typed(String(node.value ?? "")), asSet(node.origin)) : node;
  return {
    path,
    value: value.kind === "list" ? { ...value, items: value.items.map(placed) } : value.kind === "map" ? map(value.entries, value.origin) : placed(value),
  };
}

function asSet(origin: Origin): Origin {
  return { ...origin, via: [{ kind: "command line", flag: "set" }] };
}
