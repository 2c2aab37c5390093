// The models of all examples, of pages and of cases: what properties and policies are tried with.
import { type Question, questions } from "../service/lint.ts";
import { readReleases } from "../service/model/releases.ts";
import { type ExampleFile, exampleFiles } from "../tools/example-files.ts";
import { root } from "../tools/opa.ts";
import type { Example } from "../tools/page-examples.ts";
import { readPages } from "../tools/rule-page.ts";
import { testKnowledge } from "./engine.ts";

export interface ExampleModel extends Question {
  readonly file: ExampleFile;
  readonly example: Example;
  /** The line of the example, and the name of the release. */
  readonly name: string;
}

/** Read once. An example that natslint cannot read throws here; the test of pages says so with its name. */
export function exampleModels(): readonly ExampleModel[] {
  models ??= read();
  return models;
}

let models: readonly ExampleModel[] | undefined;

function read(): ExampleModel[] {
  const knowledge = testKnowledge();
  const found: ExampleModel[] = [];
  for (const file of exampleFiles(root, readPages(root).pages))
    for (const example of file.examples) {
      const place = `${file.path}:${example.line}`;
      try {
        const { releases, repository } = readReleases(example.sources, example.settings, knowledge);
        for (const question of questions(releases, example.settings, knowledge, { ...example, repository }))
          found.push({ ...question, file, example, name: `${place}, ${question.release.name ?? "a release without a name"}` });
      } catch (thrown) {
        throw new Error(`${place} cannot be read`, { cause: thrown });
      }
    }
  return found;
}
