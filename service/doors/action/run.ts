// One run of the Action, in order: what is asked, which commits, lint both, choose, tell. Exit codes as everywhere:
// 0 nothing to object to, 1 findings at or above fail-on, 2 used wrongly, 3 natslint itself failed; the gravest counts.

import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { version } from "../../host/assets.ts";
import { openRepository } from "../../host/git.ts";
import { jsonReport } from "../../report/json.ts";
import { line, sentence, withoutSecrets } from "../../report/pull-request/sanitise.ts";
import { counts, type Report } from "../../report/report.ts";
import { failureOf } from "../../host/failure.ts";
import { sarifReport } from "../../report/sarif.ts";
import { plainLine } from "../../report/text.ts";
import { type Linter, LintFailure, linter } from "../../lint-thread/linter.ts";
import type { Catalogue } from "../../rule/rule.ts";
import { commentOn, forkPointBy } from "./comment.ts";
import { compare } from "./comparison.ts";
import { occasionOf } from "./event.ts";
import { failureText } from "./failure-text.ts";
import { type Forge, forgeOf } from "./forge.ts";
import { type Inputs, readInputs } from "./inputs.ts";
import { gravestFirst, jobSummary, nothingChecked, total } from "./job-summary.ts";
import { judge } from "./judge.ts";
import { rules } from "./knowledge.ts";
import { type Outputs, writeOutputs, writeReport, writeSummary } from "./outputs.ts";
import { UsageError } from "../../host/usage-error.ts";
import { annotations, command } from "./workflow-commands.ts";

/** The world of a step, so that tests can be one. */
export interface World {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdout: { write(text: string): unknown };
  /** The program of the thread that lints. */
  readonly lintThread: string;
}

export async function run(world: World): Promise<number> {
  try {
    return await steps(world);
  } catch (thrown) {
    const { title, said, code } = failed(thrown);
    world.stdout.write(`${command("error", { title }, line(said, 2_000))}\n`);
    if (!isUnwritable(thrown)) {
      const why = thrown instanceof LintFailure ? `**Not checked:** ${sentence(said)}` : `${title}; the log of the step says how.`;
      writeSummary(world.env["GITHUB_STEP_SUMMARY"], `### natslint: failed\n\n${why}`);
      writeOutputs(world.env["GITHUB_OUTPUT"], NOTHING);
    }
    return code;
  }
}

function failed(thrown: unknown): { readonly title: string; readonly said: string; readonly code: 2 | 3 } {
  if (thrown instanceof UsageError) return { title: "natslint was used wrongly", said: thrown.message, code: 2 };
  if (thrown instanceof LintFailure && thrown.limit !== null)
    return { title: "natslint could not check everything", said: `${thrown.message}; ${thrown.limit === "time" ? MORE_TIME : MORE_MEMORY}`, code: 2 };
  return { title: "natslint failed", said: failureText(failureOf(thrown)), code: 3 };
}

const MORE_TIME = "ask for less with the input paths, or raise the environment variable NATSLINT_LINT_SECONDS above 300";
const MORE_MEMORY = "ask for less with the input paths, or raise the environment variable NATSLINT_LINT_MEMORY above 2048 (MiB)";

const NOTHING: Outputs = { findings: "", errors: "", warnings: "", conclusion: "failure", "sarif-file": "", "report-file": "" };

async function steps({ env, stdout, lintThread }: World): Promise<number> {
  const inputs = readInputs(env);
  const forge = forgeOf(env);
  const number = (name: string): number | null => (/^\d{1,6}$/.test(env[name] ?? "") ? Number(env[name]) : null);
  const lint = linter({
    threads: 1,
    time: Math.max(1, number("NATSLINT_LINT_SECONDS") ?? 300) * 1_000,
    memory: Math.max(64, number("NATSLINT_LINT_MEMORY") ?? 2048),
    program: lintThread,
  });
  try {
    return await answer({ env, stdout, lintThread }, inputs, forge, lint, number("NATSLINT_PACE"));
  } finally {
    await lint.close();
  }
}

async function answer({ env, stdout }: World, inputs: Inputs, forge: Forge, lint: Linter, pace: number | null): Promise<number> {
  const occasion = occasionOf(forge.event, forge.payload, forge.sha, forge.actor);
  const repository = await openRepository(forge.workspace, { server: forge.server, repository: `${forge.owner}/${forge.name}`, token: inputs.token });
  if (repository === null) throw new UsageError("GITHUB_WORKSPACE is not the root of a checkout; run actions/checkout before natslint, without its input path");
  const comparison = await compare(repository, occasion, inputs.base, forkPointBy(forge, inputs.token, pace));
  const today = (env["NATSLINT_TODAY"] ?? new Date().toISOString()).slice(0, 10);
  const judgement = await judge({ repository, occasion, comparison, inputs, linter: lint, today });
  const { all, counted, scope } = judgement;

  const reports = writeReports(all, rules(), inputs, forge, env);
  const problems = [...judgement.problems, ...judgement.unread.map((one) => `${one.path}: ${one.why}`), ...reports.problems];
  const shown = gravestFirst(counted.findings.filter((one) => one.suppressed === null));
  const told = annotations(shown);
  const silence = nothingChecked(all);
  log(stdout, [...shown.map(plainLine), ...problems, ...judgement.notes, ...(silence === null ? [] : [silence]), total(counted)]);
  for (const one of told.lines) stdout.write(`${one}\n`);
  for (const one of problems) stdout.write(`${command("error", { title: "natslint could not check everything" }, line(one))}\n`);
  for (const one of judgement.failures) stdout.write(`${command("error", { title: "natslint failed" }, line(failureText(one), 2_000))}\n`);

  const code = judgement.failures.length > 0 ? 3 : problems.length > 0 ? 2 : counted.failing.length > 0 ? 1 : 0;
  const notes = [...judgement.notes];
  if (told.left > 0) notes.push(`GitHub shows ten annotations of each level from one step, so ${told.left} more findings are only listed here.`);
  notes.push(...(await commentOn({ forge, inputs, occasion, judgement, comparison, isBroken: code > 1, pace })));
  if (silence !== null) notes.push(silence);
  for (const one of notes) if (!judgement.notes.includes(one) && one !== silence) stdout.write(`${line(one)}\n`);
  const blobs = `${forge.server}/${forge.owner}/${forge.name}/blob/${comparison.head}/`;
  writeSummary(env["GITHUB_STEP_SUMMARY"], jobSummary({ counted, all, scope, isPassed: code === 0, blobs, notes, problems, version: version() }));
  const { error, warning } = counts(counted);
  writeOutputs(env["GITHUB_OUTPUT"], {
    findings: String(shown.length),
    errors: String(error),
    warnings: String(warning),
    conclusion: code === 0 ? "success" : "failure",
    "sarif-file": reports.sarif,
    "report-file": reports.json,
  });
  return code;
}

/** Reports of everything that was found, for later steps; the paths of those that were written, and what kept the others. */
function writeReports(
  all: Report,
  catalogue: Catalogue,
  inputs: Inputs,
  forge: Forge,
  env: World["env"],
): { readonly sarif: string; readonly json: string; readonly problems: readonly string[] } {
  const problems: string[] = [];
  const write = (path: string, text: string): string => {
    const problem = writeReport(forge.workspace, path, withoutSecretsIn(text));
    if (problem !== null) problems.push(problem);
    return problem === null ? path : "";
  };
  const sarif = inputs.sarifFile === null ? "" : write(inputs.sarifFile, sarifReport(all, catalogue, version()));
  const scratch = env["RUNNER_TEMP"] ?? "";
  return { sarif, json: scratch === "" ? "" : write(join(scratch, `natslint-${randomUUID()}.json`), jsonReport(all, version())), problems };
}

/** A report in JSON whose texts hold nothing that has the shape of a secret: names of files and keys may. */
function withoutSecretsIn(json: string): string {
  return `${JSON.stringify(JSON.parse(json), (_key, value: unknown) => (typeof value === "string" ? withoutSecrets(value) : value), 2)}\n`;
}

/** Foreign text in the log must not be taken for commands: until the word is said again that nobody can guess, none is. */
function log(stdout: World["stdout"], lines: readonly string[]): void {
  const word = randomUUID();
  stdout.write(`${command("stop-commands", {}, word)}\n${lines.map((one) => `${line(one, 2_000)}\n`).join("")}::${word}::\n`);
}

/** Did the runner's own files refuse to be written? Then there is no use in writing them again. */
function isUnwritable(thrown: unknown): boolean {
  return thrown instanceof Error && /^the file that GITHUB_/.test(thrown.message);
}
