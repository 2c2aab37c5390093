// Bytes are looked at before anything is parsed. Nothing is missed by it: whoever names every file, so that every document
// of each is parsed, gets the same findings.
import { describe, expect, test } from "vitest";
import { lint } from "../../service/lint.ts";
import { looksRelevant } from "../../service/model/looks-relevant.ts";
import { plainLine } from "../../service/report/text.ts";
import { DEFAULT_SETTINGS, type Settings } from "../../service/settings/settings.ts";
import type { Source } from "../../service/source/source.ts";
import { exampleFiles } from "../../tools/example-files.ts";
import { root } from "../../tools/opa.ts";
import { readPages } from "../../tools/rule-page.ts";
import { testEngine } from "../engine.ts";
import { projectSources, projects } from "../projects.ts";
import { type CorpusFile, corpus } from "./corpus.ts";

const engine = await testEngine();
const files = corpus();

describe.skipIf(files.length === 0)("repositories of the corpus (skipped where it is not beside the project)", () => {
  const settings: Settings = { ...DEFAULT_SETTINGS, environment: "production", today: "2026-01-01" };
  test.each([...new Set(files.map(nameOf))])("%s", (repository) => {
    const sources = files.filter((file) => nameOf(file) === repository).map(({ source }) => source);
    expect(said(sources, settings)).toEqual(said(sources, withoutFilter(sources, settings)));
  });

  test("and all of them at once", { timeout: 300_000 }, () => {
    const sources = files.map(({ file, source }) => ({ ...source, path: `${file}/${source.path}` }));
    const filtered = said(sources, settings);
    expect(filtered).toEqual(said(sources, withoutFilter(sources, settings)));
    expect(filtered.length).toBeGreaterThan(100);
    expect(sources.filter(({ path, text }) => !looksRelevant(text, path.slice(path.indexOf("/") + 1))).length).toBeGreaterThan(5);
  });
});

test.each(projects())("the repository %s", (name) => {
  const sources = projectSources(name);
  expect(said(sources, DEFAULT_SETTINGS)).toEqual(said(sources, withoutFilter(sources, DEFAULT_SETTINGS)));
});

describe("examples", () => {
  test.each(exampleFiles(root, readPages(root).pages).map((file) => [file.path, file] as const))("%s", (_, { examples }) => {
    for (const { sources, settings, line, ...example } of examples.filter((one) => isFiltered(one.sources)))
      expect(said(sources, settings, example), `line ${line}`).toEqual(said(sources, withoutFilter(sources, settings), example));
  });
});

/** A repository as it once was. */
function nameOf({ repo, commit }: CorpusFile): string {
  return `${repo} at ${commit}`;
}

/** Is there anything in them that is not parsed? Else there is nothing to compare. */
function isFiltered(sources: readonly Source[]): boolean {
  return sources.some(({ text }) => text.split(/^---.*$/m).some((document) => !looksRelevant(document)));
}

/** Every file of YAML named. What no name and no text shows to be a server's configuration is not meant by it. */
function withoutFilter(sources: readonly Source[], settings: Settings): Settings {
  return { ...settings, named: [...settings.named, ...sources.flatMap(({ path }) => (/\.(ya?ml|json)$/.test(path) ? [path] : []))] };
}

function said(sources: readonly Source[], settings: Settings, beside = {}): readonly string[] {
  return lint(sources, settings, engine, beside).findings.map(plainLine);
}
