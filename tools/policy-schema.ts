// The schema of a policy's whole input, made from the model's. OPA's type check reads it; nothing else does.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type RootSchema, schemaBefore } from "../service/model/schema.ts";
import { root } from "./opa.ts";

type Schema = Readonly<Record<string, unknown>>;

/**
 * The input's schema around a model's: references reach only `#/$defs` in OPA, so the model's definitions become the
 * whole's, and those of the model before the change stand beside them. OPA passes over keywords it does not know
 * (`unit`, `aliases`, `secret`).
 */
export function inputSchema(model: Schema): Schema {
  const { $defs = {}, $schema, $id, ...shape } = model;
  const { $defs: definitionsBefore, ...before } = schemaBefore({ ...shape, $defs } as RootSchema);
  return {
    type: "object",
    additionalProperties: false,
    properties: {
      nonce: { type: "integer" },
      model: shape,
      base: { ...referringTo(before), type: ["object", "null"] },
      cluster: clusterSchema,
      options: { type: "object", additionalProperties: { type: "object", additionalProperties: true } },
    },
    $defs: {
      ...($defs as Schema),
      ...Object.fromEntries(Object.entries(referringTo(definitionsBefore)).map(([name, one]) => [`${name}-before`, one])),
    },
  };
}

/** The same schema, whose references are to the definitions of what was. */
function referringTo<Given>(given: Given): Given {
  return JSON.parse(JSON.stringify(given), (key, value) => (key === "$ref" ? `${value}-before` : value)) as Given;
}

/** The facts about the cluster, as service/settings/policy-facts.ts makes them. */
const clusterSchema: Schema = {
  type: "object",
  additionalProperties: false,
  properties: {
    nodes: { type: "integer" },
    zones: { type: "integer" },
    autoscaled: { type: "boolean" },
    networkPolicies: { type: "boolean" },
    storageClasses: {
      type: "array",
      items: {
        type: "object",
        additionalProperties: false,
        properties: {
          name: { type: "string" },
          provisioner: { type: "string" },
          allowVolumeExpansion: { type: "boolean" },
          default: { type: "boolean" },
        },
      },
    },
  },
};

/** Writes `input.json`, which OPA calls `schema.input`, and returns the folder for `opa check -s`, relative to the root. */
export function writeInputSchema(): string {
  const folder = ".cache/schemas";
  const model = JSON.parse(readFileSync(join(root, "schemas", "model.schema.json"), "utf8")) as Schema;
  mkdirSync(join(root, folder), { recursive: true });
  writeFileSync(join(root, folder, "input.json"), JSON.stringify(inputSchema(model)));
  return folder;
}
