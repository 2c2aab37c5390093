// From the bytes of a review to a reply: the lane, the cluster, the answer, and what is said when there is none. No
// `allowed` leaves here that nobody decided.

import type { Related, Surroundings } from "../../host/cluster/surroundings.ts";
import type { Log } from "../../serving/log.ts";
import type { Settings } from "../../settings/settings.ts";
import { answerWithout } from "./answer.ts";
import { peek } from "./body.ts";
import { canComeAgain, type Deadline } from "./deadline.ts";
import type { Around, Asked } from "./judge.ts";
import type { Job, Lane, Outcome } from "./lane.ts";
import type { Metrics } from "./metrics.ts";
import type { Cap } from "./modes.ts";
import type { Told } from "./thread.ts";

/** `text/plain` bodies of failures are shown to people by the API server. */
export interface Reply {
  readonly status: number;
  readonly body: string;
  readonly isJson: boolean;
  /** Seconds; the API server comes again within its time where it is set. */
  readonly retryAfter?: 1;
}

export interface AdmissionOptions {
  readonly small: Lane;
  readonly large: Lane;
  /** Bytes from which a review is a large one. */
  readonly largeFrom: number;
  readonly times: { readonly small: number; readonly large: number };
  /** Null: the cluster is never asked. */
  readonly surroundings: Surroundings | null;
  readonly settings: Settings;
  readonly cap: Cap;
  readonly bundle: () => string;
  readonly log: Log;
  readonly metrics: Metrics;
}

export interface Admission {
  /** Null: nobody waits for it any more. */
  readonly admit: (bytes: Buffer, deadline: Deadline, began: number, gone: AbortSignal) => Promise<Reply | null>;
  /** Of a body that was not kept, its beginning. */
  readonly tooLarge: (head: Buffer) => Reply;
  readonly shed: (reason: string, deadline: Deadline) => Reply;
}

export function admission(options: AdmissionOptions): Admission {
  const { small, large, largeFrom, times, surroundings, settings, cap, bundle, log, metrics } = options;

  function shed(reason: string, deadline: Deadline): Reply {
    metrics.shed(reason);
    metrics.undecided("admit", "shed");
    const body = "natslint has more to do than it can: come again";
    return canComeAgain(deadline, performance.now()) ? { status: 429, body, isJson: false, retryAfter: 1 } : { status: 503, body, isJson: false };
  }

  /** natslint's own failure: the settings say whether the API server's failurePolicy decides, or which way it goes. */
  function failed(uid: string | null, kind: string, fields: Readonly<Record<string, string | undefined>>): Reply {
    metrics.engineError(kind);
    metrics.undecided("admit", "error");
    const onError = settings.admission.onError ?? "apiserver";
    log.error("a review was not judged", { uid, kind, ...fields });
    if (onError === "apiserver" || uid === null) return { status: 500, body: `natslint failed to judge the object (${kind})`, isJson: false };
    const isAllowed = onError === "allow" || cap !== "deny";
    return { status: 200, body: answerWithout(uid, isAllowed, `natslint failed to judge the object (${kind})`, bundle()).body, isJson: true };
  }

  async function admit(bytes: Buffer, deadline: Deadline, began: number, gone: AbortSignal): Promise<Reply | null> {
    const { uid, line } = peek(bytes);
    const [lane, time] = bytes.length > largeFrom ? [large, times.large] : [small, times.small];
    const run = async (around: Around | null | undefined): Promise<Outcome> => {
      const now = performance.now();
      const job: Job = {
        message: { kind: "judge", bytes, around },
        line,
        startBy: Math.min(now + deadline.queue, deadline.end),
        time: Math.max(50, Math.min(time, deadline.end - now)),
        gone,
      };
      const { waited, ...outcome } = await lane.run(job);
      if (outcome.kind === "answered") metrics.phase("queue", Math.max(0, waited - outcome.told.parse - outcome.told.evaluation) / 1000);
      return outcome;
    };
    let outcome = await run(surroundings === null ? null : undefined);
    if (outcome.kind === "ask" && surroundings !== null) {
      const asking = performance.now();
      const around = await ask(surroundings, outcome.asked, AbortSignal.any([gone, AbortSignal.timeout(Math.ceil(deadline.cluster))]));
      metrics.phase("refs", (performance.now() - asking) / 1000);
      outcome = await run(around);
    }
    switch (outcome.kind) {
      case "answered": {
        decided(outcome.told, (performance.now() - began) / 1000);
        return { status: 200, body: outcome.body, isJson: true };
      }
      case "refused":
        metrics.undecided("admit", "refused");
        log.warn("a request was refused", { why: outcome.why });
        return { status: 400, body: outcome.why, isJson: false };
      case "failed":
        return failed(outcome.uid, "exception", { failure: outcome.failure, at: outcome.at });
      case "lost":
        return failed(uid, outcome.why, {});
      case "shed":
        return shed(outcome.why, deadline);
      case "gone":
        metrics.undecided("admit", "gone");
        return null;
      default:
        return failed(uid, "protocol", {});
    }
  }

  function decided(told: Told, seconds: number): void {
    metrics.decided(told, seconds);
    metrics.phase("parse", told.parse / 1000);
    metrics.phase("eval", told.evaluation / 1000);
    const { uid, operation, object, namespace, name, dryRun, result, findings, unresolved } = told;
    const rules = (mode: string): string | undefined =>
      [...new Set(findings.filter((one) => one.mode === mode).map(({ rule }) => rule))].join(",") || undefined;
    log.info("review", {
      uid,
      operation,
      object,
      namespace,
      name,
      dryRun,
      result,
      deny: rules("deny"),
      warn: rules("warn"),
      dryrun: rules("dryrun"),
      unresolved: unresolved.join(",") || undefined,
      milliseconds: Math.round(seconds * 10_000) / 10,
      evaluation: Math.round(told.evaluation * 10) / 10,
    });
  }

  return {
    admit,
    shed,
    tooLarge: (head) => {
      const { uid } = peek(head);
      const why = "the review is too large to be judged";
      metrics.undecided("admit", "too large");
      log.warn("a review is too large", { uid });
      if (uid === null) return { status: 413, body: why, isJson: false };
      const isAllowed = settings.admission.onTooLarge !== "deny" || cap !== "deny";
      return { status: 200, body: answerWithout(uid, isAllowed, why, bundle()).body, isJson: true };
    },
  };
}

/** Asks for the workload of a Scale first, where there is one, and then for what belongs to the object. */
async function ask(surroundings: Surroundings, { object, scaled, namespace }: Asked, signal: AbortSignal): Promise<Around> {
  const found = scaled === null ? null : await surroundings.object(scaled, signal);
  const workload: Related | null = scaled === null || found === null ? null : { object: scaled, by: "the scale", found };
  const about = object ?? (found?.state === "present" ? found.value : null);
  return {
    facts: surroundings.facts(),
    related: about === null ? [] : await surroundings.related(about, namespace, signal),
    scaled: workload,
  };
}
