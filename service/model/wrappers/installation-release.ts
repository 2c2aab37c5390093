// What installs a chart of NATS, as a release without servers: how the chart is named, what it is given, what is not there.

import { posix } from "node:path";
import { at, isUnset, list, map, type MapNode, members, type Node, type Origin, scalar, text } from "../../document/node.ts";
import type { Settings } from "../../settings/settings.ts";
import { environmentOf } from "../../settings/environment.ts";
import { repositoryOf } from "../charts.ts";
import { noResources } from "../nack/releases.ts";
import type { Release } from "../releases.ts";
import { scopeNode } from "../scope.ts";
import { isSecretKey } from "../secrets.ts";
import { readName, typed } from "./assignments.ts";
import { known } from "./embedded-values.ts";
import type { Installation, Sight, Wrapper } from "./installation.ts";

/** Charts of NATS by their names; the repository tells that no other is meant. */
const CHARTS = /^(nats|stan|nack|nats-operator|nats-streaming-operator)$/;

/** What a chart of one's own says when a server comes of it, in its name or among its dependencies. */
const OWN = /nats|(?<![a-z])(stan|nack)(?![a-z])/i;

/** The release of an installation; null where no wrapper says it, another chart is installed, or a revision instead of a version. */
export function installationRelease(one: Installation, settings: Settings, sight: Sight): Release | null {
  const { chart, wrapper, path, release, namespace } = one;
  if (wrapper === undefined || chart === undefined || (chart.kind === "published" && chart.inGit === true)) return null;
  if (chart.kind === "published" && (!CHARTS.test(chart.chart) || (chart.repository === null && chart.chart !== "stan"))) return null;
  const missing = missingFiles(one);
  if (chart.kind === "folder" && (missing.length === 0 || !OWN.test(`${release} ${sight.text(posix.join(chart.folder, "Chart.yaml"))}`))) return null;
  const { origin } = one;
  const environment = environmentOf(settings, one.by ?? path, namespace, release);
  const published = chart.kind === "published" ? chart : null;
  const node = map(
    [
      ["kind", scalar(wrapper.kind, origin)],
      ["name", scalar(release, origin)],
      ["scope", scopeNode({ ...environment, release, namespace, complete: false }, origin)],
      ["chart", published === null ? scalar(null, origin) : scalar(published.chart, origin)],
      ["repository", wrapper.repository ?? scalar(published?.repository ?? null, origin)],
      ["owner", scalar(published?.repository == null ? null : repositoryOf(published.repository), origin)],
      ["version", published === null ? scalar(null, origin) : (wrapper.version ?? scalar(null, origin))],
      ["pin", published === null ? scalar(null, origin) : pin(wrapper, origin)],
      ["parameters", parameters(wrapper, origin)],
      ["syncOptions", at(wrapper.object, "spec", "syncPolicy", "syncOptions") ?? list([], origin)],
      ["missing", list(missing, origin)],
    ],
    origin,
  );
  const tree = map([["servers", list([], origin)], ...noResources(origin), ["installations", list([node], origin)]], origin);
  return { ...environment, path, name: release, tree, others: [] };
}

/** How firmly a version is chosen: `exact`, a range of patches, a wider range, or not at all. */
function pin({ version }: Wrapper, origin: Origin): Node {
  if (isUnset(version) || version === undefined) return scalar("none", origin);
  const said = known(version)?.trim();
  if (said === undefined) return version.kind === "unknown" ? version : scalar("none", origin);
  if (/^v?\d+\.\d+\.\d+([-+][\w.+-]+)?$/.test(said)) return scalar("exact", version.origin);
  return scalar(/^(~\s*v?\d+\.\d+(\.\d+)?|v?\d+\.\d+(\.[xX*])?)$/.test(said) ? "patch" : "range", version.origin);
}

/** Parameters of an Application whose text Helm takes for something else than a text, though the key wants one. */
function parameters({ object, kind }: Wrapper, origin: Origin): Node {
  if (kind !== "Application") return list([], origin);
  const several = members(at(object, "spec", "sources"));
  const source = at(object, "spec", "source");
  const sources = several.length > 0 ? several : source === undefined ? [] : [source];
  const found = sources.flatMap((one) => members(at(one, "helm", "parameters"))).flatMap(retyped);
  return list(found, origin);
}

function retyped(one: Node): MapNode[] {
  const [name, value, forced] = ["name", "value", "forceString"].map((key) => at(one, key));
  const key = known(name);
  const said = known(value) ?? (value?.kind === "scalar" ? String(value.value ?? "") : undefined);
  if (key === null || value === undefined || said === undefined) return [];
  if (forced?.kind === "unknown" || (forced?.kind === "scalar" && forced.value === true) || !takesText(key)) return [];
  const made = typed(said);
  const becomes =
    typeof made === "string" ? (/^\{.*\}$/.test(said) ? "a list" : null) : made === null ? "nothing" : typeof made === "boolean" ? "a truth value" : "a number";
  return becomes === null
    ? []
    : [
        map(
          Object.entries({ name: key, becomes }).map(([field, text]) => [field, scalar(text, value.origin)] as const),
          value.origin,
        ),
      ];
}

/** Keys whose value is a text in every chart of NATS: secrets, names of users, tags, and what stands in annotations and labels. */
function takesText(name: string): boolean {
  const path = readName(name);
  const last = String(path?.at(-1) ?? "");
  return (
    isSecretKey(last) ||
    /^(user|username|tag)$/.test(last) ||
    (path ?? []).slice(0, -1).some((step) => /^(annotations|\w+Annotations|labels|\w+Labels|nodeSelector)$/.test(String(step)))
  );
}

/** Values files that are named and are not there, where it is certain that they belong to this repository. */
function missingFiles({ layers, chart, wrapper }: Installation): MapNode[] {
  const isHere = chart?.kind === "folder" || /^(helmfile|Kustomization|fleet\.yaml)$/.test(wrapper?.kind ?? "") || layers.some((layer) => layer.isFile);
  if (!isHere) return [];
  return layers.flatMap((layer) => {
    if (!("missing" in layer) || layer.missing === undefined) return [];
    const { origin } = layer.root;
    return [
      map(
        [
          ["path", scalar(layer.missing, origin)],
          ["ignored", scalar(isIgnored(wrapper), origin)],
        ],
        origin,
      ),
    ];
  });
}

function isIgnored(wrapper: Wrapper | undefined): boolean {
  const several = members(at(wrapper?.object, "spec", "sources"));
  const one = at(wrapper?.object, "spec", "source");
  const sources = [...several, ...(one === undefined ? [] : [one])];
  const flags = [
    ...sources.map((source) => at(source, "helm", "ignoreMissingValueFiles")),
    at(wrapper?.object, "spec", "chart", "spec", "ignoreMissingValuesFiles"),
  ];
  return flags.some((flag) => flag?.kind === "scalar" && flag.value === true) || text(at(wrapper?.object, "missingFileHandler")) !== undefined;
}
