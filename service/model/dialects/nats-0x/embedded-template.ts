// Values that the charts run through `tpl`: texts that may hold Go templates of their own.

import { type Node, unknown } from "../../../document/node.ts";
import { computed, joined, releaseName, releaseNamespace } from "../template.ts";
import { fullnameOf, nameOf, namespaceOf } from "./names.ts";
import type { Scope } from "./scope.ts";

/** A value after `tpl`, all the way down. A template that says more than a name is unknown. */
export function expanded(scope: Scope, node: Node): Node {
  if (node.kind === "map") return { ...node, entries: new Map([...node.entries].map(([key, value]) => [key, expanded(scope, value)] as const)) };
  if (node.kind === "list") return { ...node, items: node.items.map((item) => expanded(scope, item)) };
  const code = node.kind === "unknown" ? node.code : node.value;
  return typeof code === "string" && code.includes("{{") ? expandText(scope, node, code) : node;
}

function expandText(scope: Scope, node: Node, text: string): Node {
  const parts: (string | Node)[] = [];
  let end = 0;
  for (const found of text.matchAll(/\{\{-?\s*(.*?)\s*-?\}\}/gs)) {
    const meaning = action(scope, found[1] ?? "");
    if (meaning === undefined) return unknown("a template in the values decides it", node.origin);
    parts.push(text.slice(end, found.index), meaning);
    end = found.index + found[0].length;
  }
  parts.push(text.slice(end));
  return joined(computed(scope.title, node.origin), ...parts);
}

function action(scope: Scope, code: string): Node | undefined {
  const { release, write } = scope;
  const included = /^(?:include|template)\s+"nats\.(name|fullname|namespace)"\s+[.$]$/.exec(code)?.[1];
  if (included === "name") return nameOf(scope);
  if (included === "fullname") return fullnameOf(scope);
  if (included === "namespace") return namespaceOf(scope);
  if (/^\$?\.Release\.Name$/.test(code)) return releaseName(release, write);
  if (/^\$?\.Release\.Namespace$/.test(code)) return releaseNamespace(release, write);
  if (/^\$?\.Chart\.Name$/.test(code)) return write(release.chartName);
  return undefined;
}
