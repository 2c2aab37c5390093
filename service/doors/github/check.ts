// The check of one commit over the life of a job: found or begun, told what it waits for, and ended whatever happens.
// A note on the queue names a check that is open, so that who comes after a dead worker can end it.

import { type CheckRun as Standing, checkRunsOf, concludeCheckRun, describeCheckRun, startCheckRun } from "../../host/github/check-run.ts";
import type { Repository } from "../../host/github/connection.ts";
import { type FaultKind, faultOf, faultSentence } from "../../host/github/fault.ts";
import { type CheckRun, failedCheck, type OnError, supersededCheck } from "../../report/pull-request/check-run.ts";
import { externalIdOf } from "./events.ts";
import { leaseOf } from "./job.ts";
import type { Working } from "./service.ts";

export interface Check {
  /** Ends it, or where the commit has one that says the same, leaves that. */
  readonly end: (check: CheckRun) => Promise<void>;
  /** Lets people see why it takes long. */
  readonly wait: (why: string) => Promise<void>;
}

/** Finds or begins the check of a commit. `again`: there has to be a new one, though one is finished. */
export async function beginCheck(working: Working, repository: Repository, head: string, again: boolean): Promise<Check> {
  const { service, github, job } = working;
  const { checkName, appId } = service.configuration;
  await endForgotten(working, repository, head);
  const own = (await checkRunsOf(github, repository, head, checkName, appId)).filter(({ externalId }) => externalId === externalIdOf(job));
  const finished = own.find(({ isCompleted, conclusion }) => isCompleted && conclusion !== "cancelled") ?? null;
  let open = own.find(({ isCompleted }) => !isCompleted) ?? null;
  const begin = async (): Promise<Standing> => {
    const begun = await startCheckRun(github, repository, { name: checkName, head, externalId: externalIdOf(job) });
    await service.queue.note(noteOf(working), JSON.stringify({ head, id: begun.id })).catch(() => undefined);
    return begun;
  };
  if (open === null && (finished === null || again)) open = await begin();
  return {
    end: async (check) => {
      if (open === null && (check.conclusion === "cancelled" || check.conclusion === finished?.conclusion)) return;
      const { id } = open ?? (await begin());
      const { conclusion, output, batches, actions } = check;
      const refused = await concludeCheckRun(github, repository, id, { conclusion, output, annotations: batches, actions });
      if (refused > 0) service.log.warn("annotations were refused", { count: refused });
      await service.queue.note(noteOf(working), null).catch(() => undefined);
    },
    wait: async (why) => {
      if (open !== null) await describeCheckRun(github, repository, open.id, { title: "waiting", summary: why });
    },
  };
}

/** After these the job does not come again. */
const FINAL: ReadonlySet<FaultKind> = new Set(["suspended", "archived", "missing", "permission", "policy", "foreign"]);

/** What people see of a fault: that the check waits, or, where the job does not come again, its end. Throws nothing. */
export async function tellFault(check: Check, thrown: unknown, onError: OnError): Promise<void> {
  const fault = faultOf(thrown);
  if (fault === null) return;
  if (fault.kind.endsWith("-limit")) await check.wait(`${faultSentence(fault)}; natslint goes on later.`).catch(() => undefined);
  else if (FINAL.has(fault.kind)) await check.end(failedCheck(`${faultSentence(fault)}.`, onError)).catch(() => undefined);
}

/** Ends what is open on a commit that nobody will look at any more. */
export async function endOpenChecks(working: Working, repository: Repository, head: string, because: string): Promise<void> {
  const { service, github, job } = working;
  await endForgotten(working, repository, "");
  const own = await checkRunsOf(github, repository, head, service.configuration.checkName, service.configuration.appId);
  for (const { id, isCompleted, externalId } of own)
    if (!isCompleted && externalId === externalIdOf(job)) await concludeCheckRun(github, repository, id, supersededCheck(because));
}

/** Another worker began a check on an earlier commit and died: its job was replaced by this one. */
async function endForgotten(working: Working, repository: Repository, head: string): Promise<void> {
  const { service, github } = working;
  const note = await service.queue.noted(noteOf(working)).catch(() => null);
  if (note === null) return;
  const left = JSON.parse(note) as { readonly head: string; readonly id: number };
  if (left.head === head) return;
  try {
    await concludeCheckRun(github, repository, left.id, supersededCheck("A newer commit was pushed."));
  } catch (thrown) {
    const kind = faultOf(thrown)?.kind;
    if (kind !== "missing" && kind !== "validation") throw thrown;
  }
  await service.queue.note(noteOf(working), null).catch(() => undefined);
}

function noteOf({ job }: Working): string {
  return `check.${leaseOf(job)}`;
}
