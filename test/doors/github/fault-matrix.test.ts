// Each fault that GitHub can answer with, at each kind of call: a job ends or comes again, never leaves a check open
// that nobody comes back to, and once the fault is over the next job brings the pull request to where it belongs.
import { afterAll, describe, expect, test } from "vitest";
import type { How } from "../../github/faults.ts";
import { type Harness, harness, sharedLinter } from "./harness.ts";
import { checks } from "./serve.ts";

afterAll(async () => await (await sharedLinter()).close());

const status = (code: number, message = "made to fail"): How => ({ kind: "status", status: code, message });
const CALLS: Readonly<Record<string, string>> = {
  token: "POST /app/installations/*",
  "the pull request": "GET */pulls/1",
  "the checks": "GET *check-runs*",
  "a new check": "POST *check-runs",
  files: "GET */files",
  "the common commit": "GET */compare/*",
  trees: "GET */git/trees/*",
  blobs: "GET */git/blobs/*",
  comments: "graphql *",
  review: "POST *reviews",
  summary: "POST *comments",
  "the check's end": "PATCH *check-runs/*",
};
/** One of each kind that is handled differently; that each answer of GitHub has its kind is seen in test/host/github. */
const FAULTS: Readonly<Record<string, How>> = {
  "400": status(400),
  "401": status(401, "Bad credentials"),
  "403 permission": status(403, "Resource not accessible by integration"),
  "404": status(404, "Not Found"),
  "409": status(409, "Conflict"),
  "422": status(422, "Validation Failed"),
  "429": status(429, "slow down"),
  "500": status(500),
  "a foreign address": { kind: "redirect", status: 302, to: "http://127.0.0.1:9/" },
  "a reset": { kind: "reset", when: "before" },
};

const state = ({ repository, pull }: Harness): unknown => ({
  check: checks(repository)
    .map((line) => line.slice(8))
    .at(-1),
  threads: pull.threads.length,
  conversation: pull.comments.length,
});
const isOpen = ({ repository }: Harness): boolean => repository.checkRuns.some((run) => run.status !== "completed");

describe.each(Object.entries(CALLS))("%s", { timeout: 60_000 }, (_, call) => {
  test.each(Object.entries(FAULTS))("%s", async (_, how) => {
    const one = await harness();
    try {
      const over = one.fake.fail(call, how, { times: Number.POSITIVE_INFINITY });
      const { kind } = await one.deliver();
      // Whoever cannot end a check for want of that very call does so by the next job.
      if (kind === "done" && !call.startsWith("PATCH")) expect(isOpen(one), "a check that nobody ends").toBe(false);
      over();
      const hold = `hold.${one.service.host.replace(/[^A-Za-z0-9_-]/g, "_")}.${one.job().installation}`;
      await one.service.queue.note(hold, null);
      one.service.silenced.clear();
      expect(await one.deliver(one.job({ again: kind === "done" }), 2)).toEqual({ kind: "done" });
      expect(state(one)).toEqual({ check: "completed failure 2 findings to fix, 1 more to look at", threads: 3, conversation: 1 });
      expect(isOpen(one)).toBe(false);
    } finally {
      await one.close();
    }
  });
});
