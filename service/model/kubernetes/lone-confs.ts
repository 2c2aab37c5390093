// Configurations in ConfigMaps and Secrets whose server is not in sight: what runs them is not known, what stands in them is.

import { Buffer } from "node:buffer";
import { isServerConf } from "../../document/conf/is-server-conf.ts";
import { at, type Node, type Origin, text } from "../../document/node.ts";
import { embeddedText } from "../../document/yaml/embedded.ts";
import type { ConfText } from "../conf-release.ts";
import type { FileObject } from "../read-sources.ts";
import type { SourceText } from "./server-conf.ts";
import { isServer } from "./units-of.ts";

/** The configurations of one object, by key; those of the keys beside them too, which they may include. */
export interface LoneConfs {
  readonly confs: readonly ConfText[];
  readonly beside: ReadonlyMap<string, ConfText>;
}

/** `read` are the places of the configurations that servers in sight have. An object that holds one of them is theirs. */
export function loneConfs(objects: readonly FileObject[], read: readonly Origin[], sourceText: SourceText): readonly LoneConfs[] {
  const rendered = new Set(objects.flatMap((one) => (isServer(one.object) ? (renderingOf(one) ?? []) : [])));
  return objects.flatMap(({ path, object }) => {
    if (object.kind !== "ConfigMap" && object.kind !== "Secret") return [];
    // What a chart makes and its own server does not read, nobody does: another configuration was put in its place.
    if (rendered.has(renderingOf({ path, object }) ?? "")) return [];
    const { span } = object.node.origin;
    if (read.some((one) => one.path === path && span.start <= one.span.start && one.span.end <= span.end)) return [];
    const source = sourceText(path);
    if (source === undefined) return [];
    const texts = new Map(
      ["data", "stringData"].flatMap((part) => {
        const data = at(object.node, part);
        const isEncoded = object.kind === "Secret" && part === "data";
        if (data?.kind !== "map") return [];
        return [...data.entries].flatMap(([name, node]): (readonly [string, ConfText])[] => {
          const text = textOf(node, source, isEncoded);
          return text === null ? [] : [[name, { path, name, namespace: object.namespace, isPayload: isEncoded, ...text }]];
        });
      }),
    );
    const confs = [...texts.values()].filter(({ name, text }) => /\.(conf|config|cfg)$/i.test(name) && isServerConf(name, text) === "yes");
    return confs.length === 0 ? [] : [{ confs, beside: texts }];
  });
}

/** The rendering that an object is of, by what charts write on all that they make; null for what people wrote. */
function renderingOf({ path, object }: FileObject): string | null {
  const label = (name: string): string | undefined => text(at(object.node, "metadata", "labels", name));
  const chart = label("helm.sh/chart");
  return chart === undefined ? null : `${path} ${chart} ${label("app.kubernetes.io/instance")}`;
}

function textOf(node: Node, source: string, isEncoded: boolean): Pick<ConfText, "text" | "origin"> | null {
  if (node.kind !== "scalar" || typeof node.value !== "string") return null;
  // There is no way back from a place in a text to its base64.
  return isEncoded ? { text: Buffer.from(node.value, "base64").toString("utf8"), origin: () => node.origin } : embeddedText(node, source);
}
