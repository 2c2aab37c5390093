// Cuts GitHub's OpenAPI description down to the calls natslint makes and the webhooks it reads: schemas only, no prose.

/** Any JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
type Fields = { readonly [key: string]: Json };

const REPOSITORY = "/repos/{owner}/{repo}";

/** The calls, as the description spells them. */
const CALLS: readonly string[] = [
  "GET /app",
  "GET /app/installations",
  "GET /app/installations/{installation_id}",
  "POST /app/installations/{installation_id}/access_tokens",
  "GET /app/hook/deliveries",
  "POST /app/hook/deliveries/{delivery_id}/attempts",
  "GET /installation/repositories",
  "GET /rate_limit",
  `GET ${REPOSITORY}`,
  `GET ${REPOSITORY}/installation`,
  `GET ${REPOSITORY}/branches/{branch}`,
  `GET ${REPOSITORY}/collaborators/{username}/permission`,
  `GET ${REPOSITORY}/compare/{basehead}`,
  `GET ${REPOSITORY}/contents/{path}`,
  `GET ${REPOSITORY}/git/blobs/{file_sha}`,
  `GET ${REPOSITORY}/git/commits/{commit_sha}`,
  `GET ${REPOSITORY}/git/trees/{tree_sha}`,
  `GET ${REPOSITORY}/commits/{ref}/check-runs`,
  `GET ${REPOSITORY}/commits/{commit_sha}/pulls`,
  `POST ${REPOSITORY}/check-runs`,
  `GET ${REPOSITORY}/check-runs/{check_run_id}`,
  `PATCH ${REPOSITORY}/check-runs/{check_run_id}`,
  `GET ${REPOSITORY}/check-runs/{check_run_id}/annotations`,
  `GET ${REPOSITORY}/pulls`,
  `GET ${REPOSITORY}/pulls/{pull_number}`,
  `GET ${REPOSITORY}/pulls/{pull_number}/files`,
  `GET ${REPOSITORY}/pulls/{pull_number}/reviews`,
  `POST ${REPOSITORY}/pulls/{pull_number}/reviews`,
  `GET ${REPOSITORY}/pulls/{pull_number}/comments`,
  `POST ${REPOSITORY}/pulls/{pull_number}/comments`,
  `GET ${REPOSITORY}/pulls/comments/{comment_id}`,
  `PATCH ${REPOSITORY}/pulls/comments/{comment_id}`,
  `DELETE ${REPOSITORY}/pulls/comments/{comment_id}`,
  `GET ${REPOSITORY}/issues/{issue_number}/comments`,
  `POST ${REPOSITORY}/issues/{issue_number}/comments`,
  `GET ${REPOSITORY}/issues/comments/{comment_id}`,
  `PATCH ${REPOSITORY}/issues/comments/{comment_id}`,
  `DELETE ${REPOSITORY}/issues/comments/{comment_id}`,
];

/** The webhooks, as the description names them. */
const WEBHOOKS: readonly string[] = [
  "ping",
  ...["opened", "synchronize", "closed", "reopened", "edited", "ready-for-review", "converted-to-draft"].map((one) => `pull-request-${one}`),
  ...["rerequested", "requested-action"].map((one) => `check-run-${one}`),
  "check-suite-rerequested",
  ...["checks-requested", "destroyed"].map((one) => `merge-group-${one}`),
  ...["created", "deleted", "suspend", "unsuspend", "new-permissions-accepted"].map((one) => `installation-${one}`),
  ...["added", "removed"].map((one) => `installation-repositories-${one}`),
];

/** Calls, webhooks and the schemas that they reach. References point into `schemas`. */
export function cutRest(description: Json): { readonly calls: Fields; readonly webhooks: Fields; readonly schemas: Fields } {
  const components = fields(at(description, "components"));
  const schemas: Record<string, Json> = {};
  const calls = Object.fromEntries(CALLS.map((call) => [call, cutCall(call)]));
  const webhooks = Object.fromEntries(WEBHOOKS.map((name) => [name, body(at(at(at(description, "x-webhooks"), name), "post"), "requestBody")]));
  return { calls, webhooks, schemas: Object.fromEntries(Object.entries(schemas).sort(([a], [b]) => (a < b ? -1 : 1))) };

  function cutCall(call: string): Json {
    const [method = "", path = ""] = call.split(" ");
    const operation = at(at(at(description, "paths"), path), method.toLowerCase());
    const query = list(at(operation, "parameters"))
      .map(resolved)
      .filter((one) => at(one, "in") === "query");
    return {
      query: Object.fromEntries(query.map((one) => [String(at(one, "name")), pruned(at(one, "schema"))])),
      body: body(operation, "requestBody"),
      answers: Object.fromEntries(
        Object.entries(fields(at(operation, "responses")))
          .filter(([status]) => /^2/.test(status))
          .map(([status, answer]) => [status, schemaOf(resolved(answer))]),
      ),
    };
  }

  function body(operation: Json, key: string): Json {
    const described = at(operation, key);
    return described === null ? null : schemaOf(resolved(described));
  }

  function schemaOf(described: Json): Json {
    const content = fields(at(described, "content"));
    const json = content["application/json"] ?? Object.values(content)[0];
    return json === undefined ? null : pruned(at(json, "schema"));
  }

  function resolved(json: Json): Json {
    const ref = at(json, "$ref");
    if (typeof ref !== "string") return json;
    const [, , group = "", name = ""] = ref.split("/");
    return at(at(components, group), name);
  }

  /** A schema as JSON Schema knows it: `nullable` becomes a type, prose and examples go. */
  function pruned(schema: Json): Json {
    if (schema === null || typeof schema !== "object" || Array.isArray(schema)) return schema;
    const { $ref: ref, nullable, ...rest } = schema as Fields;
    if (typeof ref === "string") return { $ref: taken(ref) };
    const kept = Object.fromEntries(
      Object.entries(rest)
        .filter(([key]) => KEPT.has(key))
        .map(([key, value]) => [key, part(key, value)]),
    );
    if (nullable !== true) return kept;
    if (kept["type"] !== undefined && kept["enum"] === undefined) return { ...kept, type: [kept["type"], "null"] };
    return { anyOf: [{ type: "null" }, kept] };
  }

  function part(key: string, value: Json): Json {
    if (key === "properties") return Object.fromEntries(Object.entries(fields(value)).map(([name, schema]) => [name, pruned(schema)]));
    if (Array.isArray(value) && /Of$/.test(key)) return value.map(pruned);
    return key === "items" || key === "additionalProperties" || key === "not" ? pruned(value) : value;
  }

  function taken(ref: string): string {
    const name = ref.slice(ref.lastIndexOf("/") + 1);
    if (schemas[name] === undefined) {
      schemas[name] = {};
      schemas[name] = pruned(at(at(components, "schemas"), name));
    }
    return `#/schemas/${name}`;
  }
}

const KEPT = new Set(
  "type properties required items enum format pattern minimum maximum minLength maxLength minItems maxItems anyOf oneOf allOf not additionalProperties".split(
    " ",
  ),
);

function at(json: Json | undefined, key: string): Json {
  return json === null || typeof json !== "object" ? null : ((json as Fields)[key] ?? null);
}

function fields(json: Json): Fields {
  return json !== null && typeof json === "object" && !Array.isArray(json) ? (json as Fields) : {};
}

function list(json: Json): readonly Json[] {
  return Array.isArray(json) ? json : [];
}
