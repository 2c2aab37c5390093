// Comments on the pull request, where the token may write them; where it may not, one sentence that says so. Whatever goes
// wrong here, the annotations, the summary and the exit code stand.

import { createHash } from "node:crypto";
import type { Judgement } from "../../commit/judge.ts";
import { version } from "../../host/assets.ts";
import { applyPlan } from "../../host/github/apply-plan.ts";
import { changedFiles } from "../../host/github/changed-files.ts";
import { connect, type GitHub } from "../../host/github/connection.ts";
import { type Fault, faultOf, faultSentence } from "../../host/github/fault.ts";
import { mergeBase } from "../../host/github/pull-request.ts";
import { desiredOf } from "../../report/pull-request/desired.ts";
import type { Identity } from "../../report/pull-request/marker.ts";
import { USUAL_LIMITS } from "../../report/pull-request/plan.ts";
import type { AskForkPoint, Comparison } from "./comparison.ts";
import type { Occasion, PullRequest } from "./event.ts";
import type { Forge } from "./forge.ts";
import type { Inputs } from "./inputs.ts";

export interface Commenting {
  readonly forge: Forge;
  readonly inputs: Inputs;
  readonly occasion: Occasion;
  readonly comparison: Comparison;
  readonly judgement: Judgement;
  /** Could something not be checked? Then nobody can say that all is clear. */
  readonly isBroken: boolean;
  /** Milliseconds between two writes; null: as GitHub asks for. */
  readonly pace: number | null;
}

/** Brings the comments up to date; sentences about what was not done. */
export async function commentOn(given: Commenting): Promise<readonly string[]> {
  const { forge, inputs, occasion } = given;
  const pull = occasion.pullRequest;
  if (pull === null || !inputs.comment) return [];
  if (pull.draft) return ["The pull request is a draft, so nothing was commented; annotations and this summary tell it all."];
  if (inputs.token === "") return ["The input token is empty, so nothing was commented; annotations and this summary tell it all."];
  if (given.isBroken) return ["Not everything could be checked, so the comments were left as they are."];
  const github = connection(forge, inputs.token, given.pace);
  try {
    return await reconciled(github, pull, given);
  } catch (thrown) {
    const fault = faultOf(thrown);
    if (fault === null) throw thrown;
    return [refusal(fault, pull)];
  }
}

/** Asks GitHub, which knows the whole history. Nobody asked, nobody told: a token is needed, and an answer. */
export function forkPointBy(forge: Forge, token: string, pace: number | null): AskForkPoint {
  return async (target, head) => {
    if (token === "") return null;
    try {
      return await mergeBase(connection(forge, token, pace), { owner: forge.owner, name: forge.name }, target, head);
    } catch (thrown) {
      if (faultOf(thrown) === null) throw thrown;
      return null;
    }
  };
}

async function reconciled(github: GitHub, pull: PullRequest, { forge, comparison, judgement }: Commenting): Promise<readonly string[]> {
  const repository = { owner: forge.owner, name: forge.name };
  const { files, complete } = await changedFiles(github, repository, pull.number);
  const desired = desiredOf({
    headSha: comparison.head,
    report: judgement.all,
    findings: judgement.counted.findings,
    files,
    proven: judgement.proven,
    isComplete: complete,
    notes: complete ? judgement.notes : [...judgement.notes, MANY],
    version: version(),
  });
  const identity = await identityOf(github, forge, pull.number);
  const { state, fault, denied } = await applyPlan(github, repository, pull.number, desired, { ...USUAL_LIMITS, identity });
  if (state === "superseded") return ["A newer commit was pushed or the pull request was closed meanwhile, so nothing was commented for this one."];
  return fault === null ? denied : [refusal(fault, pull)];
}

const MANY =
  "This change has more files than GitHub lists; findings in the others stand in this summary, and comments on settled findings are left as they are.";

/** Whose comments these will be. A workflow's own token writes as github-actions; only GitHub knows whose another one is. */
async function identityOf(github: GitHub, forge: Forge, pullRequest: number): Promise<Identity> {
  const { viewer } = await github.graphql<{ readonly viewer: { readonly login: string } }>("query { viewer { login } }", { request: { retries: 3 } });
  const { host } = new URL(forge.server);
  return {
    login: viewer.login,
    isBot: viewer.login.endsWith("[bot]"),
    instance: instanceOf(forge),
    host,
    repositoryId: forge.repositoryId ?? 0,
    pullRequest,
    keys: [],
  };
}

/** One step's comments are no other step's: each may be asked for other paths. */
function instanceOf({ step }: Forge): string {
  return `action-${createHash("sha256").update(step).digest("hex").slice(0, 8)}`;
}

function connection(forge: Forge, token: string, pace: number | null): GitHub {
  return connect({ apiUrl: forge.api, token: () => Promise.resolve(token), throttleId: "action", ...(pace === null ? {} : { pace }) });
}

function refusal(fault: Fault, pull: PullRequest): string {
  const rest = "annotations and this summary tell it all";
  if (fault.kind === "permission" || fault.kind === "unauthorised" || (fault.kind === "missing" && pull.readOnly)) {
    if (pull.readOnly)
      return `The token of a workflow for ${pull.fork ? "a fork's pull request" : "Dependabot"} may only read, so nothing was commented; ${rest}. The GitHub App of natslint comments on these too.`;
    return `The token may not comment (the job needs \`permissions: pull-requests: write\`); ${rest}.`;
  }
  return `Not everything was commented, because ${faultSentence(fault)}; ${rest}.`;
}
