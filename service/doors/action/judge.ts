// The two commits of a checkout, judged: git says here what they hold, the thread that lints does the rest.

import { commitFiles, type Keeper, type ListedFile } from "../../commit/commit-files.ts";
import { askedPaths } from "../../commit/commit-groups.ts";
import type { Judgement, Question } from "../../commit/judge.ts";
import type { Repository } from "../../host/git.ts";
import { UsageError } from "../../host/usage-error.ts";
import type { Linter } from "../../lint-thread/linter.ts";
import { changedFiles, type Comparison } from "./comparison.ts";
import type { Occasion } from "./event.ts";
import type { Inputs } from "./inputs.ts";

interface Asking {
  readonly repository: Repository;
  readonly occasion: Occasion;
  readonly comparison: Comparison;
  readonly inputs: Inputs;
  readonly linter: Linter;
  /** 2026-11-21 */
  readonly today: string;
}

/** Throws a UsageError when an input names what is not there, and a LintFailure. */
export async function judge({ repository, occasion, comparison, inputs, linter, today }: Asking): Promise<Judgement> {
  const { base, target } = comparison;
  const list = async (commit: string): Promise<readonly ListedFile[]> => (await repository.tree(commit)).map(({ id, ...file }) => ({ ...file, blob: id }));
  const head = await list(comparison.head);
  const isStrange = occasion.pullRequest?.fork === true || occasion.event === "pull_request_target";
  if (isStrange && target === null) throw new UsageError("settings for a fork's pull request come from its base, which is not known");
  const trusted = isStrange && target !== null ? await list(target) : null;
  refuseMissing(head, trusted ?? head, inputs);
  const pull = occasion.pullRequest;
  const question: Question = {
    head,
    base: base === null ? null : await list(base),
    trusted,
    asked: { kind: "at", paths: inputs.paths },
    over: { config: inputs.config, environment: inputs.environment, failOn: inputs.failOn === "never" ? null : inputs.failOn },
    scope: inputs.scope ?? (pull !== null || occasion.event === "merge_group" ? "changed" : "all"),
    fixes: pull !== null && !pull.draft && inputs.comment && inputs.token !== "",
    today,
    keeper: CHECKOUT,
  };
  const judgement = await linter.judge(question, {
    blobs: repository.blobs,
    changed: (paths) => changedFiles(repository, comparison.changes, paths),
  });
  const { scope, unread, all, counted } = judgement;
  const never = inputs.failOn === "never";
  return {
    ...judgement,
    all: never ? { ...all, failing: [] } : all,
    counted: never ? { ...counted, failing: [] } : counted,
    unread: unread.filter((one) => scope === "all" || one.named || comparison.changes.some((change) => change.path === one.path)),
    notes: [...comparison.notes, ...judgement.notes],
  };
}

const CHECKOUT: Keeper = { name: "the checkout", largest: 64 };

function refuseMissing(head: readonly ListedFile[], trusted: readonly ListedFile[], { paths, config }: Inputs): void {
  const names = (files: readonly ListedFile[]) => commitFiles(files, CHECKOUT, () => Promise.resolve(new Map()), new Map());
  const { missing } = askedPaths(names(head), paths);
  if (missing.length > 0)
    throw new UsageError(`the input paths names ${missing.join(", ")}, which the commit does not have; paths start at the repository's root`);
  if (config !== null && names(trusted).kindOf(config) !== "file")
    throw new UsageError(`the input config names ${config}, which the commit that the settings come from does not have`);
}
