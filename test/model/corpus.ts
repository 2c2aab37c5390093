// The files of real repositories, ../shared/corpus beside the project, at the paths where they were found.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Source } from "../../service/source/source.ts";
import { root } from "../../tools/opa.ts";

const folder = join(root, "..", "shared", "corpus");

/** Tests of the corpus skip where it is not there, and say so. */
const haveCorpus: boolean = existsSync(join(folder, "index.tsv"));

export interface CorpusFile {
  /** Its name in the corpus. */
  readonly file: string;
  readonly class: string;
  readonly repo: string;
  readonly commit: string;
  readonly dialect: string;
  readonly version: string;
  /** As it was in its repository. */
  readonly source: Source;
}

/** All files, in the order of the index. */
export function corpus(): readonly CorpusFile[] {
  if (!haveCorpus) return [];
  const [, ...rows] = readFileSync(join(folder, "index.tsv"), "utf8").trimEnd().split("\n");
  return rows.map((row) => {
    const [file = "", kind = "", repo = "", path = "", commit = "", dialect = "", version = ""] = row.split("\t");
    return { file, class: kind, repo, commit, dialect, version, source: { path, text: readFileSync(join(folder, file), "utf8") } };
  });
}
