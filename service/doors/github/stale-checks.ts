// Checks that a worker left open when it was killed, on commits that are no head any more. A queue that outlives its
// workers has a note of each; the one in memory forgets, so that after a start the commits themselves are asked.

import { checkRunsOf, concludeCheckRun } from "../../host/github/check-run.ts";
import type { Repository } from "../../host/github/connection.ts";
import { commitsBefore } from "../../host/github/history.ts";
import type { PullRequest } from "../../host/github/pull-request.ts";
import { supersededCheck } from "../../report/pull-request/check-run.ts";
import type { Service } from "./service.ts";

/** So many commits before the head are looked at: people push again within minutes. */
const BEFORE = 3;

/** Ends what is open on the commits just before the head of a pull request; gives how many checks that were. */
export async function endStaleChecks(
  { app, configuration }: Service,
  installation: number,
  repository: Repository & { readonly id: number },
  pull: PullRequest,
): Promise<number> {
  const github = app.repository(installation, repository.id, { contents: "read", checks: "write" });
  let ended = 0;
  for (const commit of await commitsBefore(github, repository, pull.head.sha, pull.base.sha, BEFORE)) {
    for (const { id, isCompleted, externalId } of await checkRunsOf(github, repository, commit, configuration.checkName, configuration.appId)) {
      if (isCompleted || externalId !== `pr:${pull.number}`) continue;
      await concludeCheckRun(github, repository, id, supersededCheck("A newer commit was pushed."));
      ended++;
    }
  }
  return ended;
}
