// What docs/admission.md shows as a review's answer is what is answered, and its tables name all that there is.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { docPages } from "../../../tools/doc-commands.ts";
import { root } from "../../../tools/opa.ts";
import { serve } from "./serve.ts";

const { text = "", files = {} } = docPages().find(({ path }) => path === "docs/admission.md") ?? {};

test("the answer that the guide shows, and the metrics that it lists", async () => {
  const served = await serve({ settings: files["natslint.yaml"] ?? "" });
  try {
    const { response, ...rest } = JSON.parse((await served.post(files["review.json"] ?? "")).text);
    // The policies change from version to version.
    response.auditAnnotations.bundle = "2f7c11d90a4e";
    expect({ ...rest, response }).toEqual(JSON.parse(files["answer.json"] ?? ""));
    const kept = (await served.health("/metrics")).text.matchAll(/^# TYPE (natslint_\w+)/gm);
    const listed = new Set([...text.matchAll(/`(natslint_\w+)`/g)].map(([, name]) => name));
    expect([...kept].map(([, name]) => name).sort()).toEqual([...listed].sort());
  } finally {
    await served.stop();
  }
});

test("the guide lists every variable that is read", () => {
  const code = readFileSync(join(root, "service/doors/admission/configuration.ts"), "utf8");
  const read = new Set([...code.matchAll(/(?:get|seconds)\("([A-Z_]+)"/g)].map(([, name = ""]) => name));
  expect(read.size).toBeGreaterThan(15);
  for (const name of read) expect(text).toContain(`\`${name}\``);
});
