// What holds of every plan, whatever stood on the pull request before.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ownThreads } from "../../../service/report/pull-request/existing.ts";
import { plan, type Write } from "../../../service/report/pull-request/plan.ts";
import { type Case, someCase } from "./random.ts";
import { applied, seen } from "./simulation.ts";

const RUNS = { numRuns: Number(process.env["RUNS"] ?? 500), ...(process.env["RUNS"] === undefined && { seed: 4 }) };

function holds(property: (one: Case) => void): void {
  fc.assert(fc.property(someCase, property), RUNS);
}

describe("of every plan", () => {
  test("the second application writes nothing", () =>
    holds(({ desired, existing, limits }) => {
      const after = applied(existing, plan(desired, existing, limits));
      expect(plan(desired, after, limits).writes).toEqual([]);
    }));

  test("it depends on nothing but what it is given", () =>
    holds(({ desired, existing, limits }) => {
      const backwards = { threads: [...existing.threads].reverse(), comments: [...existing.comments].reverse() };
      expect(plan(desired, backwards, limits)).toEqual(plan(desired, existing, limits));
    }));

  test("nobody else's comment is touched, nor one that somebody changed; what people answered is never deleted", () =>
    holds(({ desired, existing, limits, unchanged }) => {
      const { writes } = plan(desired, existing, limits);
      const answered = new Set(
        existing.threads
          .filter(({ comments }) => comments.some(({ author, reactions }) => author?.login !== "natslint" || !author.isBot || reactions > 0))
          .map(({ comments }) => comments[0]?.id),
      );
      for (const write of writes) {
        if ("id" in write) expect(unchanged).toContain(write.id);
        if (write.kind === "delete review comment") expect(answered).not.toContain(write.id);
        if (write.kind === "minimize comment")
          expect(unchanged).toContain(existing.threads.find(({ comments }) => comments[0]?.nodeId === write.nodeId)?.comments[0]?.id);
        if (write.kind === "resolve thread") expect(unchanged).toContain(existing.threads.find(({ id }) => id === write.threadId)?.comments[0]?.id);
      }
    }));

  test("creates stay under the cap, in one review", () =>
    holds(({ desired, existing, limits }) => {
      const { writes } = plan(desired, existing, limits);
      const reviews = writes.flatMap((write) => (write.kind === "create review" ? [write.comments] : []));
      expect(reviews.length).toBeLessThanOrEqual(1);
      expect(reviews.flat().length).toBeLessThanOrEqual(limits.inline);
      expect(writes.filter(({ kind }) => kind === "create file comment").length).toBeLessThanOrEqual(limits.files);
    }));

  test("each finding is in exactly one place", () =>
    holds(({ desired, existing, limits }) => {
      const made = plan(desired, existing, limits);
      const after = applied(existing, made);
      const own = ownThreads(after, limits.identity);
      const written = made.writes.find(({ kind }) => kind === "create summary" || kind === "edit summary");
      for (const one of desired.findings) {
        const told = made.told.get(one.finding);
        expect(told).toBeDefined();
        const standing = own.filter(({ marker, isRetired }) => marker.fingerprint === one.fingerprint && !isRetired);
        if (written !== undefined && "body" in written) expect(written.body.includes(one.finding.message), told).toBe(told === "summary");
        if (told === "inline" || told === "file") expect(standing.length).toBeGreaterThanOrEqual(one.previousPath === null ? 1 : 0);
        if (told === "acknowledged" && one.previousPath === null) expect(standing.some(({ isAcknowledged }) => isAcknowledged)).toBe(true);
        expect(standing.filter(({ isTouched, isAcknowledged }) => !isTouched && !isAcknowledged).length).toBeLessThanOrEqual(1);
      }
    }));

  test("a run that broke off after any write is finished by the next one", () =>
    holds(({ desired, existing, limits }) => {
      const made = plan(desired, existing, limits);
      const end = seen(applied(existing, made));
      for (let length = 0; length < made.writes.length; length++) {
        const broken = applied(existing, { writes: made.writes.slice(0, length) });
        expect(seen(applied(broken, plan(desired, broken, limits))), `after ${length} of ${made.writes.map(({ kind }) => kind).join(", ")}`).toEqual(end);
      }
    }));

  test("what one run may not write any more, the next ones do", () =>
    holds(({ desired, existing, limits }) => {
      const end = seen(applied(existing, plan(desired, existing, limits)));
      const few = { ...limits, writes: 4 };
      let state = existing;
      let made = plan(desired, state, few);
      for (let round = 0; made.writes.length > 0 && round < 50; round++) {
        expect(made.writes.filter((write) => !isSummary(write)).length).toBeLessThanOrEqual(4);
        state = applied(state, made);
        made = plan(desired, state, few);
      }
      expect(made.postponed).toBe(0);
      expect(seen(state)).toEqual(end);
    }));

  test("nothing is taken for settled where the run could not look", () =>
    holds(({ desired, existing, limits }) => {
      const fingerprints = new Set(desired.findings.map(({ fingerprint }) => fingerprint));
      const gone = ownThreads(existing, limits.identity).filter(
        ({ marker, thread }) => !fingerprints.has(marker.fingerprint) && (!desired.isComplete || desired.unseen.has(thread.path)),
      );
      const moved = new Set(desired.findings.flatMap(({ previousPath }) => previousPath ?? []));
      const { writes } = plan(desired, existing, limits);
      for (const { comment, thread, isRetired } of gone)
        if (!isRetired && !moved.has(thread.path)) expect(writes.some((write) => "id" in write && write.id === comment.id)).toBe(false);
    }));
});

function isSummary({ kind }: Write): boolean {
  return kind === "create summary" || kind === "edit summary" || kind === "delete summary";
}
