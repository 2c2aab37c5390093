// What is cut out of GitHub's descriptions: shapes stay, prose goes, references hold.

import { expect, test } from "vitest";
import { cutGraphql, type Introspection } from "../../tools/cut-github-graphql.ts";
import { cutRest } from "../../tools/cut-github-rest.ts";
import graphql from "../github/schema/graphql.json" with { type: "json" };
import rest from "../github/schema/rest.json" with { type: "json" };

test("nullable becomes a type, references are followed, circles too, descriptions and examples go", () => {
  const described = {
    paths: {
      "/app": {
        get: {
          description: "long prose",
          parameters: [{ name: "page", in: "query", description: "prose", schema: { type: "integer", default: 1 } }, { $ref: "#/components/parameters/owner" }],
          responses: { "200": { content: { "application/json": { schema: { $ref: "#/components/schemas/app" }, examples: { one: {} } } } }, "404": {} },
        },
      },
    },
    components: {
      parameters: { owner: { name: "owner", in: "path", schema: { type: "string" } } },
      schemas: {
        app: {
          type: "object",
          description: "prose",
          properties: {
            description: { type: "string", nullable: true, example: "prose" },
            parent: { $ref: "#/components/schemas/app" },
            level: { type: "string", nullable: true, enum: ["a"] },
            other: { nullable: true, allOf: [{ $ref: "#/components/schemas/other" }] },
          },
          required: ["description"],
        },
        other: { type: "integer" },
        unused: { type: "string" },
      },
    },
  };
  const { calls, schemas } = cutRest(described);
  expect(calls["GET /app"]).toEqual({ query: { page: { type: "integer" } }, body: null, answers: { "200": { $ref: "#/schemas/app" } } });
  expect(schemas).toEqual({
    app: {
      type: "object",
      properties: {
        description: { type: ["string", "null"] },
        parent: { $ref: "#/schemas/app" },
        level: { anyOf: [{ type: "null" }, { type: "string", enum: ["a"] }] },
        other: { anyOf: [{ type: "null" }, { allOf: [{ $ref: "#/schemas/other" }] }] },
      },
      required: ["description"],
    },
    other: { type: "integer" },
  });
});

test("a schema without a type that is asked for is an error, not a hole", () => {
  expect(() => cutGraphql({ __schema: { types: [] } } as Introspection)).toThrow("GitHub's schema has no type");
});

test("the committed cuts are whole: every call, no dangling reference, their origin and licence", () => {
  for (const { from, license } of [rest, graphql])
    expect([from, license]).toEqual([expect.stringMatching(/^@octokit\/[a-z-]+@\d/), expect.stringMatching(/\bMIT\b.*Permission is hereby granted/)]);
  for (const [call, { answers }] of Object.entries(rest.calls)) expect([call, Object.keys(answers).length > 0]).toEqual([call, true]);
  const text = JSON.stringify(rest);
  for (const [, name = ""] of text.matchAll(/"#\/schemas\/([^"]+)"/g)) expect(Object.keys(rest.schemas)).toContain(name);
  expect(Object.values(rest.webhooks)).not.toContain(null);
});
