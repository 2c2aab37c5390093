// A change of more files than GitHub lists: what lies beyond the list is found by the trees, and nothing counts as
// settled that may only be out of sight.
import { afterAll, expect, test } from "vitest";
import { type Harness, harness, sharedLinter } from "./harness.ts";
import { release } from "./platform.ts";
import { checks } from "./serve.ts";

afterAll(async () => await (await sharedLinter()).close());

const said = ({ repository }: Harness): string[] => checks(repository).map((line) => line.slice(8));
const many = Object.fromEntries(Array.from({ length: 3_000 }, (_, index) => [`notes/${String(index).padStart(4, "0")}.md`, `note ${index}\n`]));

test("what is beyond the list is linted, and said; what was said there stays", { timeout: 120_000 }, async () => {
  const one = await harness();
  try {
    expect(await one.deliver()).toEqual({ kind: "done" });
    expect(one.pull.threads).toHaveLength(3);
    // 3,000 notes come first in the list, so that the values are not in it any more.
    one.repository.push("topic", { ...many, ...release("a", "replicas") });
    expect(await one.deliver()).toEqual({ kind: "done" });
    expect(said(one).at(-1)).toBe("completed failure 1 finding to fix");
    expect(one.repository.checkRuns.at(-1)?.output.summary).toContain("more files than GitHub lists");
    expect(one.pull.threads).toHaveLength(3);
    // Nothing of it is in the list at all: it is no reason to say that all is clear.
    one.repository.push("topic", { ...release("a") });
    one.repository.push("topic", {
      "production/z/values.yaml": release("z", "replicas")["production/z/values.yaml"] ?? "",
      "production/z/Chart.yaml": release("z")["production/z/Chart.yaml"] ?? "",
    });
    expect(await one.deliver()).toEqual({ kind: "done" });
    expect(said(one).at(-1)).toBe("completed failure 1 finding to fix");
  } finally {
    await one.close();
  }
});
