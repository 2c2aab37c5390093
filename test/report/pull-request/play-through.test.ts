// One pull request from its opening to its merge: what is written at each event, as a golden that a person can read.
// Files are linted for real; of GitHub only the diff and the way in which comments follow their lines are simulated.
import { structuredPatch } from "diff";
import { expect, test } from "vitest";
import { lint } from "../../../service/lint.ts";
import { provenFixes } from "../../../service/proven-fixes.ts";
import type { ChangedFile } from "../../../service/report/pull-request/changed-file.ts";
import { desiredOf } from "../../../service/report/pull-request/desired.ts";
import type { Existing, Thread } from "../../../service/report/pull-request/existing.ts";
import { plan, USUAL_LIMITS, type Write } from "../../../service/report/pull-request/plan.ts";
import { findingsInScope } from "../../../service/report/pull-request/scope.ts";
import { DEFAULT_SETTINGS, type Settings } from "../../../service/settings/settings.ts";
import { testEngine } from "../../engine.ts";
import { ANNA, applied, commentOf, EMPTY, IDENTITY } from "./simulation.ts";

const engine = await testEngine();
const PRODUCTION = "deploy/production/values.yaml";
const STAGING = "deploy/staging/values.yaml";
const settings: Settings = {
  ...DEFAULT_SETTINGS,
  today: "2026-01-01",
  named: [PRODUCTION, STAGING],
  releases: [PRODUCTION, STAGING].map((path) => ({ name: "nats", chart: "nats@2.14.2", values: [path] })),
};

type Files = Readonly<Record<string, string>>;

const SPREAD = ["podTemplate:", "  topologySpreadConstraints:", "    kubernetes.io/hostname:", "      maxSkew: 1", "      whenUnsatisfiable: DoNotSchedule"];
const values = (replicas: number, ...more: string[]): string =>
  [
    "config:",
    "  cluster:",
    "    enabled: true",
    `    replicas: ${replicas}`,
    "  jetstream:",
    "    enabled: true",
    "    fileStore:",
    "      pvc:",
    "        size: 10Gi",
    ...more,
    ...SPREAD,
    "",
  ].join("\n");
const debug = ["  merge:", "    debug: true"];

/** The debugging in staging was there before, and is nobody's business here. */
const main: Files = { [PRODUCTION]: values(3), [STAGING]: values(3, ...debug) };
const opened: Files = { [PRODUCTION]: values(2, "      maxSize: 20Gi", ...debug, "    trace: true"), [STAGING]: values(2, ...debug) };
const pushed: Files = { [PRODUCTION]: `# Orders\n${values(2, "  merge:", "    trace: true", "natsbox:", "  enabled: false")}`, [STAGING]: values(2, ...debug) };
const release: Files = { ...main, [PRODUCTION]: values(2, "      maxSize: 20Gi", ...debug, "    trace: true") };

test("a pull request from its opening to its merge", async () => {
  const log: string[] = [];
  let state = EMPTY;
  let head = main;
  const event = (title: string, sha: string, base: Files, now: Files): number => {
    state = followed(state, head, now);
    head = now;
    const { writes } = planned(state, base, now, sha.repeat(40).slice(0, 40));
    state = applied(state, { writes });
    log.push(`# ${title}\n\n${writes.length === 0 ? "0 writes" : writes.map(shown).join("\n\n")}`);
    return writes.length;
  };
  event("Opened with 5 findings", "a1", main, opened);
  event("A push fixes 2 and adds 1", "b2", main, pushed);
  expect(event("A push changes nothing", "c3", main, pushed)).toBe(0);
  state = answered(state, 4 + 1, "We know. It is for a test.");
  log.push("(anna answers the comment on the replicas in production)");
  expect(event("The same head once more", "c3", main, pushed)).toBe(0);
  event("A force-push goes back to the first head", "a1", main, opened);
  event("The base is now a branch that has the changes of production", "a1", release, opened);
  expect(event("The same once more", "a1", release, opened)).toBe(0);
  log.push("# Merged\n\nA pull request that is not open is not planned for: 0 writes");
  await expect(`${log.join("\n\n")}\n`).toMatchFileSnapshot("play-through.golden.md");
});

function planned(existing: Existing, base: Files, head: Files, headSha: string): { readonly writes: readonly Write[] } {
  const sources = (files: Files): { path: string; text: string }[] => Object.entries(files).map(([path, text]) => ({ path, text }));
  const report = lint(sources(head), settings, engine);
  const before = lint(sources(base), settings, engine);
  const files = changed(base, head);
  const findings = findingsInScope(report, before, files, "changed");
  const proven = provenFixes(report, sources(head), settings, engine);
  const desired = desiredOf({ headSha, report, findings, files, proven, isComplete: true, notes: [], version: "0.1.0" });
  return plan(desired, existing, { ...USUAL_LIMITS, identity: IDENTITY });
}

function changed(base: Files, head: Files): ChangedFile[] {
  return Object.entries(head)
    .filter(([path, text]) => base[path] !== text)
    .map(([path, text]) => ({ path, status: "modified", patch: patchOf(base[path] ?? "", text) }));
}

function patchOf(before: string, after: string): string {
  const { hunks } = structuredPatch("a", "b", before, after, "", "", { context: 3 });
  return hunks
    .map(({ oldStart, oldLines, newStart, newLines, lines }) => [`@@ -${oldStart},${oldLines} +${newStart},${newLines} @@`, ...lines].join("\n"))
    .join("\n");
}

/** Comments follow their lines to the new head; one whose line changed is outdated. */
function followed(state: Existing, before: Files, after: Files): Existing {
  const follow = (thread: Thread): Thread => {
    const [old, now] = [before[thread.path] ?? "", after[thread.path] ?? ""];
    if (thread.line === null || old === now) return thread;
    const line = newLine(old, now, thread.line);
    return { ...thread, line, isOutdated: line === null };
  };
  return { ...state, threads: state.threads.map(follow) };
}

function newLine(before: string, after: string, line: number): number | null {
  let old = 0;
  let now = 0;
  for (const row of structuredPatch("a", "b", before, after, "", "", { context: 1_000 }).hunks[0]?.lines ?? []) {
    if (!row.startsWith("+") && !row.startsWith("\\")) old++;
    if (!row.startsWith("-") && !row.startsWith("\\")) now++;
    if (old === line) return row.startsWith(" ") ? now : null;
  }
  return null;
}

function answered(state: Existing, line: number, text: string): Existing {
  const threads = state.threads.map((thread) =>
    thread.path === PRODUCTION && thread.line === line ? { ...thread, comments: [...thread.comments, commentOf(900, text, { author: ANNA })] } : thread,
  );
  return { ...state, threads };
}

function shown(write: Write): string {
  if (write.kind === "create review")
    return [`create review: ${write.body}`, ...write.comments.map(({ path, line, body }) => `  ${path}:${line}\n${quoted(body)}`)].join("\n\n");
  const what = "id" in write ? ` ${write.id}` : "path" in write ? ` ${write.path}` : "";
  return `${write.kind}${what}${"body" in write ? `\n${quoted(write.body)}` : ""}`;
}

function quoted(body: string): string {
  return body
    .replace(/ h=.*? -->/, " ... -->")
    .split("\n")
    .map((line) => `    ${line}`.trimEnd())
    .join("\n");
}
