// One run of the Action, in order: what is asked, which commits, lint both, choose, tell. Exit codes as everywhere:
// 0 nothing to object to, 1 findings at or above fail-on, 2 used wrongly, 3 natslint itself failed.

import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { version } from "../../host/assets.ts";
import { openRepository } from "../../host/git.ts";
import { line } from "../../report/pull-request/sanitise.ts";
import { jsonReport } from "../../report/json.ts";
import { counts, fileCounts, type Report } from "../../report/report.ts";
import { sarifReport } from "../../report/sarif.ts";
import { plainLine } from "../../report/text.ts";
import { annotations, command, PER_LEVEL } from "./workflow-commands.ts";
import { compare } from "./comparison.ts";
import { type Commented, comment } from "./comment.ts";
import { type Occasion, occasionOf } from "./event.ts";
import { failureText } from "./failure-text.ts";
import { type Inputs, readInputs } from "./inputs.ts";
import { jobSummary } from "./job-summary.ts";
import { type Judgement, judge } from "./judge.ts";
import { knowledge } from "./knowledge.ts";
import { writeOutputs, writeReport, writeSummary } from "./outputs.ts";
import { type Forge, forgeOf } from "./forge.ts";
import { UsageError } from "./usage-error.ts";

/** The world of a step, so that tests can be one. */
export interface World {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdout: { write(text: string): unknown };
}

export async function run(world: World): Promise<number> {
  try {
    return await steps(world);
  } catch (thrown) {
    const used = thrown instanceof UsageError;
    const said = used ? thrown.message : failureText(thrown);
    world.stdout.write(`${command("error", { title: used ? "natslint was used wrongly" : "natslint failed" }, line(said, 2_000))}\n`);
    writeSummary(world.env["GITHUB_STEP_SUMMARY"], `### natslint\n\n${used ? "It was used wrongly" : "It failed itself"}; the log says how.`);
    writeOutputs(world.env["GITHUB_OUTPUT"], { findings: "", errors: "", warnings: "", conclusion: "failure", "sarif-file": "", "report-file": "" });
    return used ? 2 : 3;
  }
}
