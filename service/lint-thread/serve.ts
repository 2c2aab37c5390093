// Inside the thread that lints: texts from strangers are parsed here, where time and memory can be cut off. It asks for
// what it wants to read, and has no connection of its own.

import type { MessagePort } from "node:worker_threads";
import { commitsOf, judge, type Question, type Reads, readSides } from "../commit/judge.ts";
import { type Engine, lint } from "../lint.ts";
import type { ChangedFile } from "../report/pull-request/changed-file.ts";
import { failureOf } from "../host/failure.ts";
import type { FromThread, ToThread } from "./messages.ts";

/** Answers one question at a time, for ever. */
export async function serveLinting(port: MessagePort, loading: Promise<Engine>): Promise<void> {
  const say = (message: FromThread): void => port.postMessage(message);
  let blobs: ((found: ReadonlyMap<string, Uint8Array>) => void) | null = null;
  let changed: ((found: readonly ChangedFile[]) => void) | null = null;
  // One question at a time, so one thing to read at a time.
  const reads: Reads = {
    blobs: (names) =>
      new Promise((resolve) => {
        blobs = resolve;
        say({ kind: "read", blobs: names });
      }),
    changed: (paths) =>
      new Promise((resolve) => {
        changed = resolve;
        say({ kind: "compare", paths });
      }),
  };
  const answer = async (asked: ToThread & { readonly kind: "judge" | "try" }): Promise<void> => {
    try {
      const engine = await loading;
      say({ kind: "begun" });
      if (asked.kind === "judge") say({ kind: "judged", judgement: await judge(asked.question, reads, engine) });
      else {
        await tryEach(asked.question, asked.fine, reads, engine, (blob) => say({ kind: "trying", blob }));
        say({ kind: "tried" });
      }
    } catch (thrown) {
      const { name, places } = failureOf(thrown);
      say({ kind: "failed", why: [name, ...places.slice(0, 1).map((place) => place.replace(/\(?[^\s()]*\/(?=[^/]+$)/, "("))].join(" ") });
    }
  };
  port.on("message", (message: ToThread) => {
    if (message.kind === "blobs") blobs?.(message.blobs);
    else if (message.kind === "changed") changed?.(message.files);
    else void answer(message);
  });
}

/** The largest first. `trying` is told of each blob before it is linted by itself. */
async function tryEach(question: Question, fine: ReadonlySet<string>, reads: Reads, engine: Engine, trying: (blob: string) => void): Promise<void> {
  const { after, before } = await readSides(commitsOf(question, reads.blobs), question, engine);
  const sides = [
    { groups: after.groups, blobs: new Map(question.head.map(({ path, blob }) => [path, blob] as const)) },
    ...(before === null ? [] : [{ groups: before.groups, blobs: new Map((question.base ?? []).map(({ path, blob }) => [path, blob] as const)) }]),
  ];
  const tried = new Set(fine);
  const files = sides.flatMap(({ groups, blobs }) =>
    [...groups.values()].flatMap(({ sources, settings }) => sources.map((source) => ({ source, settings, blob: blobs.get(source.path) ?? "" }))),
  );
  for (const { source, settings, blob } of files.sort((a, b) => b.source.text.length - a.source.text.length)) {
    if (tried.has(blob)) continue;
    tried.add(blob);
    trying(blob);
    try {
      lint([source], settings, engine);
    } catch {
      // What natslint fails at is told when all are judged together.
    }
  }
}
