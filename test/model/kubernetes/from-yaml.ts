// YAML as a tree with real spans, for tests: `!unknown` is a value that is not known, `!unknown x` one with `same: x`,
// and a key `...` makes its map incomplete.

import { isAlias, isMap, isScalar, isSeq, parseDocument, type Node as YamlNode } from "yaml";
import { list, map, type MapNode, type Node, type Origin, scalar, type ScalarValue, unknown } from "../../../service/document/node.ts";

export function fromYaml(text: string, path = "test.yaml"): MapNode {
  const document = parseDocument(text, { version: "1.1" });
  const node = convert(document.contents as YamlNode | null);
  if (node.kind !== "map") throw new Error("a map is wanted");
  return node;

  function convert(from: YamlNode | null, key?: Origin["key"]): Node {
    const range = from?.range ?? [0, 0, 0];
    const origin: Origin = { path, span: { start: range[0], end: range[1] }, ...(key === undefined ? {} : { key }) };
    if (from?.tag === "!unknown") return unknown("the test says so", origin, isScalar(from) && from.value ? String(from.value) : undefined);
    if (isAlias(from)) return convert((from.resolve(document) ?? null) as YamlNode | null, key);
    if (isSeq(from))
      return list(
        from.items.map((item) => convert(item as YamlNode)),
        origin,
      );
    if (isMap(from)) {
      const pairs = from.items.map((pair): [string, Node] => {
        const name = pair.key as YamlNode;
        const span = { start: name.range?.[0] ?? 0, end: name.range?.[1] ?? 0 };
        return [String(isScalar(name) ? name.value : ""), convert(pair.value as YamlNode | null, span)];
      });
      const made = map(
        pairs.filter(([name]) => name !== "..."),
        origin,
      );
      return pairs.length > made.entries.size ? { ...made, incomplete: "the test says so" } : made;
    }
    return scalar((isScalar(from) ? from.value : null) as ScalarValue, origin);
  }
}
