import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { writeCapabilities } from "../../tools/capabilities.ts";
import { opaPath, root, runOpa } from "../../tools/opa.ts";
import { inputSchema } from "../../tools/policy-schema.ts";

const opa = opaPath();

// As the model's schema is written: definitions, nullable by type, keywords that are no JSON Schema.
const model = {
  $schema: "http://json-schema.org/draft-07/schema#",
  $id: "https://example.com/model.schema.json",
  type: "object",
  additionalProperties: false,
  properties: { servers: { type: "array", items: { $ref: "#/$defs/server" } } },
  $defs: {
    server: {
      type: "object",
      additionalProperties: false,
      properties: {
        kind: { enum: ["nats", "stan"], aliases: ["sort"], before: true },
        workload: {
          type: ["object", "null"],
          additionalProperties: false,
          secret: true,
          properties: { replicas: { type: ["integer", "null"], unit: { of: "pods" } } },
        },
      },
    },
  },
};

describe.skipIf(opa === null)("the type check of policies", () => {
  test.each([
    ["the model", "x if input.model.servers[_].workload.replicas == 1", "x if input.model.servers[_].workload.replica == 1"],
    ["the model before", "x if input.base.servers[0].kind == `nats`", "x if input.base.servers[0].kin == `nats`"],
    ["what is made of the model before", "x if input.base.servers[0].kind == `nats`", "x if input.base.servers[0].workload"],
    ["a loop's variable", "x if { some s in input.model.servers; s.kind }", "x if { some s in input.model.servers; s.kinds }"],
    ["the input", "x if input.cluster.nodes == 1", "x if input.clusters == 1"],
    ["storage classes", 'x if input.cluster.storageClasses[_]["default"]', "x if input.cluster.storageClasses[_].expandable"],
    ["options, which are free", 'x if input.options["a-rule"].least == 1', "x if input.option"],
  ])("knows the fields of %s", (_, right, wrong) => {
    expect(check(right)).toBe("");
    expect(check(wrong)).toContain("undefined ref");
  });

  function check(rule: string): string {
    mkdirSync(join(root, ".cache"), { recursive: true });
    const folder = mkdtempSync(join(root, ".cache", "check-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    mkdirSync(join(folder, "schemas"));
    mkdirSync(join(folder, "policies"));
    writeFileSync(join(folder, "schemas", "input.json"), JSON.stringify(inputSchema(model)));
    writeFileSync(join(folder, "policies", "rule.rego"), `package natslint.rules["a-rule"]\n\n${rule}\n`);
    const annotated = join(root, "policies", "natslint.rego");
    const args = ["-s", join(folder, "schemas"), "--capabilities", writeCapabilities(), annotated, join(folder, "policies")];
    return runOpa(opa ?? "", ["check", "--strict", ...args]).stderr;
  }
});
