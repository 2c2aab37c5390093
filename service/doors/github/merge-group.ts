// A commit of a merge queue: the same check by the same name, and never a comment.

import type { Outcome } from "../../host/queue/queue.ts";
import { LintFailure } from "../../lint-thread/linter.ts";
import { checkRun, failedCheck } from "../../report/pull-request/check-run.ts";
import { beginCheck, endOpenChecks, tellFault } from "./check.ts";
import type { MergeJob } from "./job.ts";
import { judgeCommit } from "./judge-commit.ts";
import type { Working } from "./service.ts";

export async function checkMergeGroup(working: Working<MergeJob>): Promise<Outcome> {
  const { job, service } = working;
  const { onError } = service.configuration;
  if (job.order === "drop") {
    await endOpenChecks(working, job.repository, job.head, "The merge group is gone.");
    return { kind: "done" };
  }
  const check = await beginCheck(working, job.repository, job.head, job.order === "again");
  try {
    const { desired, faults } = await judgeCommit(working, {
      repository: job.repository,
      head: job.head,
      base: job.base,
      trusted: job.base,
      changes: null,
      isComplete: true,
      fixes: false,
    });
    await check.end(checkRun(desired, { acknowledged: 0, fault: faults[0] ?? null, onError, canCommit: false }));
  } catch (thrown) {
    if (!(thrown instanceof LintFailure)) {
      await tellFault(check, thrown, onError);
      throw thrown;
    }
    await check.end(failedCheck(`${thrown.message}.`, onError));
  }
  return { kind: "done" };
}
