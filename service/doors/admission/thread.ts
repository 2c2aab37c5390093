// A thread that judges: bytes in, an answer out. Bodies are parsed here, where time and memory can be cut off, and never
// beside the connections. Between two reviews it keeps the cluster's facts alone, and it has no connection of its own.

import { createHash } from "node:crypto";
import { parentPort, workerData } from "node:worker_threads";
import { chartFacts, modelSchema, policyWasm, rules } from "../../host/assets.ts";
import type { Engine } from "../../lint.ts";
import { loadEngine } from "../../policy/engine.ts";
import { catalogue } from "../../rule/rule.ts";
import { failureFields } from "../../serving/failure-fields.ts";
import type { AdmissionMode, ClusterFacts, Settings } from "../../settings/settings.ts";
import { answerTo, answerWithout, type Result } from "./answer.ts";
import { type Around, type Asked, judge, type JudgeOptions, type Unresolved } from "./judge.ts";
import type { Cap } from "./modes.ts";
import { readReview, type Review } from "./review.ts";
import { selfTest } from "./self-test.ts";

/** What a thread is started with. */
export interface ThreadData {
  readonly settings: Settings;
  readonly cap: Cap;
  /** Characters of one object's text. */
  readonly largest: number;
  /** MiB of the policies' memory. */
  readonly memory: number;
}

export type ToThread =
  | { readonly kind: "judge"; readonly bytes: Uint8Array; readonly around: Around | null | undefined }
  | { readonly kind: "ping" }
  | { readonly kind: "self-test" };

/** As it comes to the thread: facts about the cluster hold until others come. */
export type Posted =
  | Exclude<ToThread, { readonly kind: "judge" }>
  | { readonly kind: "facts"; readonly facts: ClusterFacts | null }
  | { readonly kind: "judge"; readonly bytes: Uint8Array; readonly around: Omit<Around, "facts"> | null | undefined };

/** What is told of a decision: names and numbers, no content. */
export interface Told {
  readonly uid: string;
  readonly operation: string;
  readonly object: string;
  readonly namespace: string | null;
  readonly name: string;
  readonly dryRun: boolean;
  readonly result: Result;
  readonly findings: readonly { readonly rule: string; readonly mode: AdmissionMode; readonly severity: string }[];
  readonly unresolved: readonly Unresolved["reason"][];
  /** Milliseconds. */
  readonly parse: number;
  readonly evaluation: number;
}

export type FromThread =
  | { readonly kind: "ready"; readonly bundle: string }
  | { readonly kind: "pong" }
  | { readonly kind: "self-tested"; readonly problem: string | null }
  | { readonly kind: "answered"; readonly body: string; readonly told: Told }
  | { readonly kind: "ask"; readonly asked: Asked }
  | { readonly kind: "refused"; readonly why: string }
  /** The failure's kind and natslint's own places, nothing of the object. */
  | { readonly kind: "failed"; readonly uid: string; readonly failure: string; readonly at?: string };

if (parentPort !== null) void serve(parentPort, workerData as ThreadData);

async function serve(port: NonNullable<typeof parentPort>, { settings, cap, largest, memory }: ThreadData): Promise<void> {
  const wasm = policyWasm();
  const bundle = createHash("sha256").update(wasm).digest("hex").slice(0, 12);
  const engine: Engine = { policies: await loadEngine(wasm, { memory }), rules: catalogue(rules()), schema: modelSchema(), charts: chartFacts };
  const say = (message: FromThread): void => port.postMessage(message);
  let facts: ClusterFacts | null = null;
  port.on("message", (message: Posted) => {
    if (message.kind === "ping") return say({ kind: "pong" });
    if (message.kind === "self-test") return say({ kind: "self-tested", problem: selfTest(engine) });
    if (message.kind === "facts") {
      facts = message.facts;
      return;
    }
    const around = message.around && { ...message.around, facts };
    const today = new Date().toISOString().slice(0, 10);
    say(review(message.bytes, around, { engine, settings: { ...settings, today }, cap, largest }, bundle));
  });
  say({ kind: "ready", bundle });
}

function review(bytes: Uint8Array, around: Around | null | undefined, options: JudgeOptions, bundle: string): FromThread {
  const began = performance.now();
  const read = readReview(bytes);
  if ("refused" in read) return { kind: "refused", why: read.refused };
  const parsed = performance.now();
  try {
    const judged = judge(read, around, options);
    if (judged.kind === "ask") return judged;
    const tooLarge = options.settings.admission.onTooLarge !== "deny" || options.cap !== "deny";
    const { body, result } =
      judged.kind === "too large"
        ? answerWithout(read.uid, tooLarge, "the object is too large or too deep to be judged", bundle)
        : answerTo(read, judged, bundle);
    const { rulings, unresolved } = judged.kind === "judged" ? judged : { rulings: [], unresolved: [] };
    const evaluation = performance.now() - parsed;
    const told: Told = {
      ...toldOf(read),
      result,
      findings: rulings.map(({ rule, mode, severity }) => ({ rule, mode, severity })),
      unresolved: unresolved.map(({ reason }) => reason),
      parse: parsed - began,
      evaluation,
    };
    return { kind: "answered", body, told };
  } catch (thrown) {
    return { kind: "failed", uid: read.uid, ...failureFields(thrown) };
  }
}

function toldOf({
  uid,
  operation,
  kind,
  subResource,
  namespace,
  name,
  dryRun,
}: Review): Pick<Told, "uid" | "operation" | "object" | "namespace" | "name" | "dryRun"> {
  return { uid, operation, object: subResource === "" ? kind : `${kind}/${subResource}`, namespace, name, dryRun };
}
