// What is told of a change as such: rules that compare with its base, changes too large to list, writes that are refused.
import { expect, test } from "vitest";
import { made, said } from "./closing-harness.ts";
import type { Harness } from "./harness.ts";
import { release } from "./platform.ts";

const rules = ({ repository }: Harness): string[] => repository.checkRuns.flatMap(({ annotations }) => annotations.map(({ title }) => String(title)));

const conf = (id: string): string => `streaming {\n  cluster_id: ${id}\n  store: file\n  dir: /data/stan\n}\n`;

test("a rule about changes hears of the base; a pull request that leaves it alone hears nothing", async () => {
  const one = await made(
    {},
    { repositories: [{ name: "acme/platform", branches: { main: { "stan.conf": conf("one") }, topic: { "stan.conf": conf("two") } } }] },
  );
  await one.deliver();
  expect(rules(one)).toContain("stan-cluster-id-changed");
  one.repository.push("topic", { "stan.conf": `${conf("one")}# no change\n` });
  await one.deliver();
  expect(said(one).at(-1)).not.toContain("failure");
  expect(rules(one).filter((rule) => rule === "stan-cluster-id-changed")).toHaveLength(1);
});

test("of more files than GitHub lists the rest is found by comparing the commits, and people are told", { timeout: 120_000 }, async () => {
  const many = Object.fromEntries(Array.from({ length: 3_000 }, (_, index) => [`docs/${index}.md`, "x"]));
  const one = await made({}, { repositories: [{ name: "acme/platform", branches: { main: release("a"), topic: { ...release("a", "replicas"), ...many } } }] });
  expect((await one.deliver()).kind).toBe("done");
  expect(one.pull.files()).toHaveLength(3_001);
  expect(said(one)).toEqual(["completed failure 1 finding to fix"]);
  expect(one.repository.checkRuns[0]?.output.summary).toContain("more files than GitHub lists");
});

test("reviews are not permitted: the check and the summary tell it all, and say so", async () => {
  const one = await made();
  one.fake.fail("POST *reviews", { kind: "status", status: 403, message: "Resource not accessible by integration" }, { times: 9 });
  expect((await one.deliver()).kind).toBe("done");
  expect(said(one)).toEqual(["completed failure 2 findings to fix, 1 more to look at"]);
  expect([one.pull.threads.length, one.pull.comments.length]).toEqual([0, 1]);
  expect(one.pull.comments[0]?.body).toContain("GitHub does not permit natslint new comments on lines here");
  expect(one.repository.checkRuns[0]?.output.summary).toContain("GitHub does not permit natslint new comments on lines here");
  expect(one.repository.checkRuns[0]?.annotations).toHaveLength(3);
});
