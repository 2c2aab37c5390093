// The button under a check: fixes that are proven, committed to the branch. Only for who may write there, only on the
// commit that the button stands on, and no other line.

import { commitOnBranch, permissionOf } from "../../host/github/branch-commit.ts";
import { changedFiles } from "../../host/github/changed-files.ts";
import { readBlobs, readTree } from "../../host/github/contents.ts";
import { mergeBase, readPullRequest } from "../../host/github/pull-request.ts";
import type { Outcome } from "../../host/queue/queue.ts";
import type { Fix } from "../../finding/finding.ts";
import { withFixes } from "../../finding/fix.ts";
import { APPLY_FIXES } from "../../report/pull-request/check-run.ts";
import type { FixJob } from "./job.ts";
import { judgeCommit } from "./judge-commit.ts";
import type { Working } from "./service.ts";

export async function applyFixes(working: Working<FixJob>): Promise<Outcome> {
  const { github, job, service } = working;
  const refuse = (why: string): Outcome => {
    service.log.info("a button was not obeyed", { why });
    return { kind: "done" };
  };
  if (job.identifier !== APPLY_FIXES) return refuse("the button is not known");
  if (!service.configuration.canWriteContents) return refuse("the service may not write to branches");
  const pull = await readPullRequest(github, job.repository, job.number);
  const repository = pull.base.repository ?? job.repository;
  if (pull.state !== "open" || pull.head.sha !== job.head) return refuse("the head moved");
  if (pull.isFork) return refuse("the branch is in a fork");
  if (!["admin", "maintain", "write"].includes(await permissionOf(github, repository, job.sender))) return refuse("the person may not write");

  const { files, complete } = await changedFiles(github, repository, job.number);
  const base = await mergeBase(github, repository, pull.base.sha, pull.head.sha);
  const { judgement } = await judgeCommit(working, { repository, head: job.head, base, trusted: null, changes: files, isComplete: complete, fixes: true });
  const fixes = new Map<string, Fix[]>();
  for (const { fix, path, fingerprint, suppressed } of judgement.counted.findings)
    if (fix !== undefined && suppressed === null && judgement.proven.has(fingerprint)) fixes.set(path, [...(fixes.get(path) ?? []), fix]);
  if (fixes.size === 0) return refuse("there is nothing to fix");

  const tree = await readTree(github, repository, job.head);
  const listed = new Map(tree.files.filter(({ path }) => fixes.has(path)).map(({ path, blob }) => [path, blob] as const));
  const texts = await readBlobs(github, repository, listed.values(), { cache: service.blobs });
  const fixed = new Map<string, Uint8Array>();
  for (const [path, some] of fixes) {
    const bytes = texts.get(listed.get(path) ?? "");
    // Linted files are UTF-8, so decoding loses nothing; a byte order mark stays.
    if (bytes !== undefined) fixed.set(path, new TextEncoder().encode(withFixes(new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes), some)));
  }
  const count = [...fixes.values()].reduce((sum, some) => sum + some.length, 0);
  await commitOnBranch(github, repository, {
    branch: pull.head.ref,
    expectedHead: job.head,
    headline: `natslint: apply ${count} ${count === 1 ? "fix" : "fixes"}`,
    files: fixed,
  });
  service.log.info("fixes were committed", { count });
  return { kind: "done" };
}
