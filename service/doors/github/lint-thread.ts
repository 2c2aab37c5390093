// The thread that lints: texts from strangers are parsed here, where time and memory can be cut off. It asks for what it
// wants to read, and has no connection of its own.

import { type MessagePort, parentPort } from "node:worker_threads";
import { chartFacts, modelSchema, policyWasm, rules } from "../../host/assets.ts";
import type { Engine } from "../../lint.ts";
import { loadEngine } from "../../policy/engine.ts";
import type { ChangedFile } from "../../report/pull-request/changed-file.ts";
import { catalogue } from "../../rule/rule.ts";
import { commit, type ListedFile, type ReadBlobs } from "./commit.ts";
import { judge, type Judgement } from "./judge.ts";

/** What the thread is asked. */
export interface LintRequest {
  readonly head: readonly ListedFile[];
  readonly base: readonly ListedFile[] | null;
  /** Null: the head's settings hold. */
  readonly trusted: readonly ListedFile[] | null;
  readonly files: readonly ChangedFile[];
  readonly near: readonly string[];
  readonly today: string;
}

export type ToThread = { readonly kind: "judge"; readonly request: LintRequest } | { readonly kind: "blobs"; readonly blobs: ReadonlyMap<string, Uint8Array> };

export type FromThread =
  | { readonly kind: "read"; readonly blobs: readonly string[] }
  | { readonly kind: "judged"; readonly judgement: Judgement }
  /** Holds nothing of a text: only the kind of the failure. */
  | { readonly kind: "failed"; readonly why: string };

if (parentPort !== null) void serve(parentPort);

async function serve(port: MessagePort): Promise<void> {
  const engine: Engine = { policies: await loadEngine(policyWasm()), rules: catalogue(rules()), schema: modelSchema(), charts: chartFacts };
  const say = (message: FromThread): void => port.postMessage(message);
  let answer: ((blobs: ReadonlyMap<string, Uint8Array>) => void) | null = null;
  // One job at a time, so one question at a time.
  const readBlobs: ReadBlobs = (blobs) => {
    if (blobs.length === 0) return Promise.resolve(new Map());
    return new Promise((resolve) => {
      answer = resolve;
      say({ kind: "read", blobs });
    });
  };
  port.on("message", (message: ToThread) => {
    if (message.kind === "blobs") answer?.(message.blobs);
    else void run(message.request);
  });
  const run = async ({ head, base, trusted, files, near, today }: LintRequest): Promise<void> => {
    try {
      const own = commit(head, readBlobs);
      const change = {
        head: own,
        base: base === null ? null : commit(base, readBlobs),
        trusted: trusted === null ? own : commit(trusted, readBlobs),
        files,
        near,
        today,
      };
      say({ kind: "judged", judgement: await judge(change, engine) });
    } catch (thrown) {
      say({ kind: "failed", why: thrown instanceof Error ? thrown.name : "something that is no error" });
    }
  };
}
