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
  /** rules/clustering/cluster-min-replicas.md:28, and which of several releases. */
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
  return exampleFiles(root, readPages(root).pages).flatMap((file) =>
    file.examples.flatMap((example) => {
      const { releases } = readReleases(example.sources, example.settings, knowledge);
      return [...questions(releases, example.settings, knowledge)].map((question, index) => ({
        ...question,
        file,
        example,
        name: `${file.path}:${example.line}${index === 0 ? "" : `, release ${index + 1}`}`,
      }));
    }),
  );
}
