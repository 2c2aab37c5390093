// Files that are too large, too many, hostile, or not what they seem: each ends in a check that says so.
import { describe, expect, test } from "vitest";
import { linter, LintFailure } from "../../../service/lint-thread/linter.ts";
import { handleDelivery } from "../../../service/doors/github/worker.ts";
import { lintThread } from "./bundle.ts";
import { made, said } from "./closing-harness.ts";
import type { Harness } from "./harness.ts";
import { release, servers, values } from "./platform.ts";

const comments = ({ pull }: Harness): number => pull.threads.length;

describe("files", { timeout: 30_000 }, () => {
  test("settings that do not hold fail the check, and say where", async () => {
    const one = await made();
    one.repository.push("topic", { "natslint.yaml": "rules:\n  no-such-rule: off\n" });
    await one.deliver();
    expect(said(one)[0]).toMatch(/^completed failure/);
    expect(one.repository.checkRuns[0]?.output.summary).toContain("natslint.yaml:2:3: there is no rule");
  });

  test("what cannot be read is listed and hides no other", async () => {
    const one = await made();
    one.repository.push("topic", {
      "production/b/nats-values.yaml": "\ud800",
      "production/c/nats.yaml": "version https://git-lfs.github.com/spec/v1\noid sha256:1\nsize 1\n",
    });
    expect((await one.deliver()).kind).toBe("done");
    expect(said(one)[0]).toMatch(/^completed failure 2 findings to fix/);
    expect(one.repository.checkRuns[0]?.output.text).toContain("production/c/nats.yaml");
  });

  test("links, submodules and files that are too large are listed, and none is read", async () => {
    const one = await made();
    one.repository.push("topic", {
      "production/large/nats.yaml": `# nats\nx: ${"x".repeat(9 * 1024 * 1024)}\n`,
      "production/link/nats.yaml": { link: "../../../../etc/passwd" },
      "production/sub/nats.yaml": { submodule: "a".repeat(40) },
    });
    expect((await one.deliver()).kind).toBe("done");
    const text = one.repository.checkRuns[0]?.output.text ?? "";
    for (const why of ["production/large/nats.yaml", "it has 9 MiB", "it is a symbolic link", "it is a submodule"]) expect(text).toContain(why);
    expect(one.fake.traffic.filter(({ path }) => path.includes("a".repeat(40)))).toEqual([]);
  });

  test("of a large repository only what changed is read, and what lies beside it", async () => {
    const many = Object.fromEntries(Array.from({ length: 320 }, (_, index) => [`other/${index}/values.yaml`, `nats: ${index}\n`]));
    const one = await made(
      {},
      { repositories: [{ name: "acme/platform", branches: { main: { ...release("a"), ...many }, topic: release("a", "replicas") } }] },
    );
    expect((await one.deliver()).kind).toBe("done");
    expect(said(one)).toEqual(["completed failure 1 finding to fix"]);
    const asked = one.fake.traffic.filter(({ call }) => call.name === "graphql object").map(({ call }) => (call.body as { readonly query: string }).query);
    expect(asked.join().match(/object\(oid/g)).toHaveLength(2);
    // The one that differs at the base.
    expect(one.fake.traffic.filter(({ call }) => call.name.includes("/git/blobs/"))).toHaveLength(1);
  });

  test("a change with nothing for natslint takes no trees and no blobs, and takes back what was said", async () => {
    const one = await made();
    await one.deliver();
    expect(comments(one)).toBe(3);
    one.repository.push("topic", { ...release("a"), "README.md": "x" });
    const before = one.fake.traffic.length;
    await one.deliver();
    expect(one.fake.traffic.slice(before).filter(({ call }) => call.name.includes("/git/"))).toEqual([]);
    expect([comments(one), said(one).at(-1)]).toEqual([0, "completed success nothing to lint"]);
  });

  test("an alias bomb and ten thousand levels end in a check", async () => {
    const one = await made();
    const bomb = `nats: &a [x,x,x,x,x,x,x,x,x]\n${[..."bcdefghijk"].map((name, index) => `${name}: &${name} [${Array(9).fill(`*${"abcdefghij"[index]}`).join()}]`).join("\n")}\n`;
    one.repository.push("topic", { "production/b/values.yaml": bomb, "production/c/values.yaml": `nats: ${"[".repeat(10_000)}${"]".repeat(10_000)}\n` });
    expect((await one.deliver()).kind).toBe("done");
    expect(said(one)[0]).toMatch(/^completed failure/);
  });

  test("linting that takes too long, or too much memory, is cut off; the next has a new thread", async () => {
    const program = await lintThread();
    const texts = new Map([["1".repeat(40), new TextEncoder().encode(values("replicas"))]]);
    const request = {
      head: [{ path: "nats/values.yaml", blob: "1".repeat(40), size: 1000, kind: "file" as const }],
      base: null,
      trusted: null,
      asked: { kind: "at" as const, paths: ["."] },
      over: { config: null, environment: null, failOn: null },
      scope: "all" as const,
      fixes: false,
      today: "2026-01-01",
      keeper: { name: "GitHub", largest: 8 },
    };
    const reads = { blobs: async () => texts, changed: async () => [] };
    const short = linter({ threads: 1, time: 1, memory: 512, program });
    await expect(short.judge(request, reads)).rejects.toThrow(new LintFailure("linting took too long and was stopped", "time"));
    await expect(short.judge(request, reads)).rejects.toThrow("took too long");
    await short.close();
    // A heap in which hardly anything has room: the thread dies at once, or at the one file, which is said then.
    const small = linter({ threads: 1, time: 30_000, memory: 8, program });
    const ended = await small.judge(request, reads).then(
      ({ unread }) => unread.map(({ why }) => why),
      (thrown: unknown) => [thrown instanceof LintFailure ? thrown.message : "no LintFailure"],
    );
    expect(ended).toEqual([expect.stringMatching(/^lint.* too much memory and was stopped$/)]);
    await small.close();
  });

  test("a file that takes too long is left out and named; the others are checked", { timeout: 180_000 }, async () => {
    const one = await made();
    one.repository.push("topic", { "production/b/nats.yaml": servers(6_000) });
    const quick = linter({ threads: 1, time: 20_000, memory: 1024, program: await lintThread() });
    const service = { ...one.service, linter: quick };
    expect(await handleDelivery(service, { key: "x", body: JSON.stringify(one.job()), attempt: 1 })).toEqual({ kind: "done" });
    await quick.close();
    expect(said(one)).toEqual(["completed failure 2 findings to fix, 1 more to look at"]);
    expect(one.repository.checkRuns[0]?.output.summary).toContain("production/b/nats.yaml: linting it took too long and was stopped");
    expect(one.repository.checkRuns[0]?.output.text).toContain("production/b/nats.yaml");
    expect(comments(one)).toBe(3);
  });

  test("the check of what could not be linted says that it was natslint", async () => {
    const one = await made();
    const failing = {
      ...one.service,
      linter: { judge: async () => Promise.reject(new LintFailure("linting took too long and was stopped", "time")), close: async () => undefined },
    };
    expect(await handleDelivery(failing, { key: "x", body: JSON.stringify(one.job()), attempt: 1 })).toEqual({ kind: "done" });
    expect(said(one)).toEqual(["completed failure natslint failed"]);
    const neutral = { ...failing, configuration: { ...one.service.configuration, onError: "neutral" as const } };
    await handleDelivery(neutral, { key: "x", body: JSON.stringify(one.job({ again: true })), attempt: 1 });
    expect(said(one).at(-1)).toBe("completed neutral natslint failed");
  });
});
