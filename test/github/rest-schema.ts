// GitHub's published description at work: what is sent to the fake and what it answers must fit it.

import { Ajv, type ValidateFunction } from "ajv";
import addFormats from "ajv-formats";
import description from "./schema/rest.json" with { type: "json" };

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
type Schema = { readonly [key: string]: Json };

interface Call {
  readonly query: Readonly<Record<string, Schema>>;
  readonly body: Schema | null;
  readonly answers: Readonly<Record<string, Schema | null>>;
}

const calls = description.calls as unknown as Readonly<Record<string, Call>>;
const webhooks = description.webhooks as unknown as Readonly<Record<string, Schema>>;
const schemas = corrected(description.schemas as unknown as Readonly<Record<string, Schema>>);

/** What the description says wrongly: a fork that was deleted is null, and so is the line of an outdated comment. */
function corrected(all: Readonly<Record<string, Schema>>): Readonly<Record<string, Schema>> {
  const fixed = structuredClone(all) as Readonly<Record<string, { readonly properties: Record<string, Json> }>>;
  const of = (name: string): Record<string, Json> => fixed[name]?.properties ?? {};
  for (const name of ["pull-request", "pull-request-simple"]) {
    const head = of(name)["head"] as { readonly properties: Record<string, Json> } | undefined;
    if (head !== undefined) head.properties["repo"] = { anyOf: [{ type: "null" }, { $ref: "#/schemas/repository" }] };
  }
  for (const line of ["line", "original_line"]) of("pull-request-review-comment")[line] = { type: ["integer", "null"] };
  return fixed as unknown as Readonly<Record<string, Schema>>;
}

/** The call that a path is, and what stands for its parameters; null for what natslint has no business with. */
export function callOf(method: string, path: string): { readonly call: string; readonly at: Readonly<Record<string, string>> } | null {
  for (const { call, method: of, shape } of SHAPES) {
    const found = of === method ? shape.exec(path) : null;
    if (found !== null) return { call, at: Object.fromEntries(Object.entries(found.groups ?? {}).map(([name, text]) => [name, decodeURIComponent(text)])) };
  }
  return null;
}

const SHAPES = Object.keys(calls).map((call) => {
  const [method = "", path = ""] = call.split(" ");
  const shape = path
    .replace(/[.]/g, "\\.")
    .replace(/\{(\w+)\}/g, (_whole, name: string) => `(?<${name}>${name === "path" || name === "ref" || name === "branch" ? ".+" : "[^/]+"})`);
  return { call, method, shape: new RegExp(`^${shape}$`) };
});

/** What is wrong with a request's body or query; null when nothing is. Unknown keys are wrong here, whatever GitHub makes of them. */
export function requestProblem(call: string, query: URLSearchParams, body: unknown): string | null {
  const described = calls[call];
  for (const name of query.keys()) if (described?.query[name] === undefined) return `unknown query parameter ${name}`;
  if (described?.body === null || described === undefined) return body === undefined ? null : "a body where none is expected";
  return problem(`request ${call}`, () => closed(described.body as Schema), body ?? {});
}

/** What is wrong with an answer of the fake. */
export function answerProblem(call: string, status: number, body: unknown): string | null {
  const schema = calls[call]?.answers[String(status)];
  if (schema === undefined) return `status ${status} is not described`;
  return schema === null ? null : problem(`answer ${status} ${call}`, () => schema, body);
}

/** What is wrong with the payload of a webhook, by the name of its description: `pull-request-opened`. */
export function webhookProblem(name: string, payload: unknown): string | null {
  const schema = webhooks[name];
  return schema === undefined ? `no webhook ${name} is described` : problem(`webhook ${name}`, () => schema, payload);
}

/** An answer in full: what is known, and for all else that must be there something of the right type. */
export function filledAnswer(call: string, status: number, known: Json): Json {
  const schema = calls[call]?.answers[String(status)];
  return schema === undefined || schema === null ? known : filled(schema, known);
}

export function filledWebhook(name: string, known: Json): Json {
  return filled(webhooks[name] ?? {}, known);
}

const ajv = new Ajv({ strict: false, allErrors: false, logger: false });
addFormats.default(ajv);
ajv.addFormat("repo.nwo", /^[^/]+\/[^/]+$/);
const compiled = new Map<string, ValidateFunction>();

function problem(key: string, schema: () => Schema, value: unknown): string | null {
  let validate = compiled.get(key);
  if (validate === undefined) {
    validate = ajv.compile({ ...schema(), schemas });
    compiled.set(key, validate);
  }
  if (validate(value) === true) return null;
  const [error] = validate.errors ?? [];
  return `${error?.instancePath === "" ? "it" : (error?.instancePath ?? "")} ${error?.message ?? "does not fit"}${error?.params === undefined ? "" : ` ${JSON.stringify(error.params)}`}`;
}

/** The same schema without room for keys that it does not name. */
function closed(schema: Json): Schema {
  if (schema === null || typeof schema !== "object") return schema as unknown as Schema;
  if (Array.isArray(schema)) return schema.map(closed) as unknown as Schema;
  const parts = Object.fromEntries(Object.entries(schema).map(([key, part]) => [key, closed(part)]));
  // Parts of a choice stay open: their keys stand beside those of the whole.
  const isWhole = parts["properties"] !== undefined && parts["additionalProperties"] === undefined && parts["oneOf"] === undefined;
  return isWhole ? { ...parts, additionalProperties: false } : parts;
}

function filled(schema: Schema, known: Json | undefined): Json {
  const ref = schema["$ref"];
  if (typeof ref === "string") return filled(schemas[ref.slice("#/schemas/".length)] ?? {}, known);
  const choices = (schema["anyOf"] ?? schema["oneOf"]) as readonly Schema[] | undefined;
  if (choices !== undefined && schema["properties"] === undefined) return chosen(choices, known);
  const whole = (schema["allOf"] as readonly Schema[] | undefined)?.reduce<Json | undefined>((value, part) => filled(part, value), known) ?? known;
  if (Array.isArray(whole)) return whole.map((item: Json) => filled((schema["items"] ?? {}) as Schema, item));
  if (whole !== undefined && (whole === null || typeof whole !== "object")) return whole;
  const types = [schema["type"]].flat();
  if (schema["properties"] !== undefined || (whole !== undefined && types.includes("object"))) {
    if (whole === undefined && types.includes("null")) return null;
    return filledObject(schema, (whole ?? {}) as { readonly [key: string]: Json });
  }
  return whole ?? simplest(schema, types);
}

function filledObject(schema: Schema, known: { readonly [key: string]: Json }): Json {
  const properties = (schema["properties"] ?? {}) as Readonly<Record<string, Schema>>;
  const required = (schema["required"] ?? []) as readonly string[];
  const all: Record<string, Json> = {};
  for (const name of new Set([...Object.keys(known), ...required])) all[name] = filled(properties[name] ?? {}, known[name]);
  return all;
}

/** The first choice that fits what is known; null, where that will do and nothing is. */
function chosen(choices: readonly Schema[], known: Json | undefined): Json {
  if (known === undefined || known === null) {
    if (choices.some((choice) => choice["type"] === "null")) return null;
  }
  const made = choices.filter((choice) => choice["type"] !== "null").map((choice) => [choice, filled(choice, known)] as const);
  const fitting = made.find(([choice, value]) => problem(`choice ${JSON.stringify(choice).slice(0, 400)}`, () => choice, value) === null);
  return (fitting ?? made[0])?.[1] ?? null;
}

function simplest(schema: Schema, types: readonly (Json | undefined)[]): Json {
  const values = schema["enum"] as readonly Json[] | undefined;
  if (values !== undefined) return values[0] ?? null;
  if (types.includes("null")) return null;
  if (types.includes("boolean")) return false;
  if (types.includes("integer") || types.includes("number")) return (schema["minimum"] as number | undefined) ?? 0;
  if (types.includes("array")) return [];
  if (types.includes("object")) return {};
  if (schema["format"] === "uri") return "https://github.example/";
  if (schema["format"] === "date-time") return "2026-01-01T00:00:00Z";
  return types.includes("string") ? "-" : null;
}
