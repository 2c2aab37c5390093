// Trees for the tests of this folder, made straight from the `yaml` library, so that they test the model alone.

import { existsSync, readFileSync } from "node:fs";
import { isAlias, isMap, isScalar, isSeq, type Node as YamlNode, parseAllDocuments } from "yaml";
import type { Document } from "yaml";
import { list, map, type Node, type Origin, scalar, type ScalarValue } from "../../service/document/node.ts";

/** The first document of a text. Throws where the text is no YAML. */
export function tree(text: string, path = "values.yaml"): Node {
  const [document] = parseAllDocuments(text, { version: "1.1", merge: true, logLevel: "silent" }) as Document[];
  if (document === undefined) return scalar(null, { path, span: { start: 0, end: 0 } });
  const [problem] = document.errors;
  if (problem !== undefined) throw problem;
  return convert(document.contents as YamlNode | null, document, path);
}

function convert(node: YamlNode | null, document: Document, path: string, key?: YamlNode): Node {
  const origin: Origin = { path, span: spanOf(node), ...(key === undefined ? {} : { key: spanOf(key) }) };
  if (node === null) return scalar(null, origin);
  if (isAlias(node)) return convert(node.resolve(document) as YamlNode, document, path, key);
  if (isScalar(node)) return scalar(node.value as ScalarValue, origin);
  if (isSeq(node))
    return list(
      node.items.map((item) => convert(item as YamlNode, document, path)),
      origin,
    );
  if (!isMap(node)) throw new Error("neither scalar, list nor map");
  const entries: [string, Node][] = [];
  for (const pair of node.items) {
    const name = pair.key as YamlNode;
    const word = isScalar(name) ? String(name.value) : String(name);
    const value = convert(pair.value as YamlNode | null, document, path, name);
    if (word === "<<" || word === "Symbol(<<)") {
      if (value.kind === "map") entries.unshift(...value.entries);
    } else entries.push([word, value]);
  }
  return map(entries, origin);
}

function spanOf(node: YamlNode | null): { start: number; end: number } {
  const [start, end] = node?.range ?? [0, 0];
  return { start, end };
}

const corpus = "../shared/corpus";

export interface CorpusFile {
  readonly file: string;
  readonly class: string;
  /** In its repository. */
  readonly path: string;
  readonly dialect: string;
  readonly version: string;
  readonly text: string;
}

/** The files of public repositories that are there for testing; null where they are not at hand. */
export function readCorpus(): CorpusFile[] | null {
  if (!existsSync(`${corpus}/index.tsv`)) return null;
  const rows = readFileSync(`${corpus}/index.tsv`, "utf8").trim().split("\n").slice(1);
  return rows.map((row) => {
    const [file = "", name = "", , path = "", , dialect = "", version = ""] = row.split("\t");
    return { file, class: name, path, dialect, version, text: readFileSync(`${corpus}/${file}`, "utf8") };
  });
}
