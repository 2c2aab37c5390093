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

const knowledge = testKnowledge();
let files: readonly ExampleFile[] | undefined;
let models: readonly ExampleModel[] | undefined;

/** Every file with its examples, none of them read yet. */
export function filesOfExamples(): readonly ExampleFile[] {
  files ??= exampleFiles(root, readPages(root).pages);
  return files;
}

/** Those of all files, which takes a while. Read once. */
export function exampleModels(): readonly ExampleModel[] {
  models ??= filesOfExamples().flatMap((file) => [...modelsOf(file)]);
  return models;
}

/** Those of one file, or of some of its examples, each read when it is asked for. One that cannot be read throws; the test of pages says so with its name. */
export function* modelsOf(file: ExampleFile, examples: readonly Example[] = file.examples): Generator<ExampleModel> {
  for (const example of examples) {
    const place = `${file.path}:${example.line}`;
    try {
      const { releases, repository } = readReleases(example.sources, example.settings, knowledge);
      for (const question of questions(releases, example.settings, knowledge, { ...example, repository }))
        yield { ...question, file, example, name: `${place}, ${question.release.name ?? "a release without a name"}` };
    } catch (thrown) {
      throw new Error(`${place} cannot be read`, { cause: thrown });
    }
  }
}
