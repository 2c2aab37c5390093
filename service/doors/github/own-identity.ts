// Who the App is, asked of GitHub until it answers, and again when GitHub refuses the App: a key may be revoked.

import type { GitHubApp } from "../../host/github/app.ts";
import { faultOf, faultSentence } from "../../host/github/fault.ts";
import { failureFields } from "../../serving/failure-fields.ts";
import type { Log } from "../../serving/log.ts";

export interface OwnIdentity {
  /** `natslint[bot]`. Throws while GitHub has not told it. */
  readonly login: () => string;
  /** What keeps GitHub from telling it, in one sentence; null when it told. */
  readonly problem: () => string | null;
  /** Asks again, and once more after a while when there is no good answer. */
  readonly ask: () => Promise<void>;
  readonly stop: () => void;
}

export function ownIdentity(app: GitHubApp, log: Log, pause = 10_000): OwnIdentity {
  let login: string | null = null;
  let problem: string | null = "GitHub has not said yet who the App is";
  let timer: NodeJS.Timeout | undefined;
  const ask = async (): Promise<void> => {
    clearTimeout(timer);
    try {
      ({ login } = await app.identity());
      if (problem !== null) log.info("the App is known", { login });
      problem = null;
    } catch (thrown) {
      const fault = faultOf(thrown);
      problem =
        fault === null
          ? "GitHub cannot be asked who the App is"
          : fault.kind === "unauthorised"
            ? "GitHub refuses the App: APP_ID and PRIVATE_KEY do not fit, or the key was revoked"
            : faultSentence(fault);
      log.error("the App is not known", { problem, ...(fault === null ? failureFields(thrown) : { fault: fault.kind, status: fault.status }) });
      timer = setTimeout(() => void ask(), pause);
      timer.unref();
    }
  };
  return {
    login: () => {
      if (login === null) throw new Error("the App's login is not known yet");
      return login;
    },
    problem: () => problem,
    ask,
    stop: () => clearTimeout(timer),
  };
}
