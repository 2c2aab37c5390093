// What the thread that lints and whoever asks it say to each other.

import type { Judgement, Question } from "../commit/judge.ts";
import type { ChangedFile } from "../report/pull-request/changed-file.ts";

export type ToThread =
  | { readonly kind: "judge"; readonly question: Question }
  /** Lint each file by itself, those in `fine` left out, to find the ones that are too hard. */
  | { readonly kind: "try"; readonly question: Question; readonly fine: ReadonlySet<string> }
  | { readonly kind: "blobs"; readonly blobs: ReadonlyMap<string, Uint8Array> }
  | { readonly kind: "changed"; readonly files: readonly ChangedFile[] };

export type FromThread =
  /** What natslint knows is loaded, and the question is being looked at. */
  | { readonly kind: "begun" }
  | { readonly kind: "read"; readonly blobs: readonly string[] }
  | { readonly kind: "compare"; readonly paths: ReadonlySet<string> }
  | { readonly kind: "trying"; readonly blob: string }
  | { readonly kind: "tried" }
  | { readonly kind: "judged"; readonly judgement: Judgement }
  /** Holds nothing of a text: only the kind of the failure and natslint's own place. */
  | { readonly kind: "failed"; readonly why: string };
