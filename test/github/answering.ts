// One call to the fake GitHub, from who makes it to the answer; nothing here knows of sockets or faults.

import { createHash } from "node:crypto";
import type { Caller, Token } from "./access.ts";
import { answerGraphql } from "./graphql.ts";
import { graphqlRoots } from "./graphql-fields.ts";
import { Refusal } from "./refusal.ts";
import { type Answer, installedRepositories, missing, READS, type Request } from "./rest-reads.ts";
import { answerProblem, callOf, filledAnswer, type Json, requestProblem } from "./rest-schema.ts";
import { APP_WRITES, COMMENT_READS, WRITES } from "./rest-writes.ts";
import type { FakeRepository } from "./state.ts";
import type { World } from "./world.ts";

export interface Asked {
  readonly method: string;
  /** Below the API's address. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: unknown;
  readonly caller: Caller;
  /** The address of the API, for links. */
  readonly url: string;
  readonly etag: string | undefined;
}

export interface Given {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** `problems` gets what natslint or the fake itself did wrong: what GitHub might let pass, but its description does not. */
export function answer(asked: Asked, world: World, problems: string[]): Given {
  try {
    return asked.path === "/graphql" ? graphql(asked, world, problems) : rest(asked, world, problems);
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) {
      problems.push(`${asked.method} ${asked.path}: the fake failed: ${String((thrown as Error).stack)}`);
      return json(500, { message: "the fake failed" });
    }
    const { status, message, errors, headers } = thrown;
    return json(
      status,
      { message, ...(errors === undefined ? {} : { errors }), documentation_url: "https://docs.github.com/rest", status: String(status) },
      headers,
    );
  }
}

function rest(asked: Asked, world: World, problems: string[]): Given {
  const { method, query, path } = asked;
  const found = callOf(method, path);
  if (found === null) {
    problems.push(`unknown call ${method} ${path}`);
    throw missing();
  }
  const { call, at } = found;
  const problem = requestProblem(call, query, asked.body);
  if (problem !== null) {
    problems.push(`${call}: ${problem}`);
    throw new Refusal(422, "Invalid request.", [problem]);
  }
  const repository = at["owner"] === undefined ? null : world.state.repositories.find((one) => one.owner === at["owner"] && one.name === at["repo"]);
  if (repository === undefined) throw movedOrMissing(asked, world, `${at["owner"] ?? ""}/${at["repo"] ?? ""}`);
  const request = { at, query, body: (asked.body ?? {}) as Request["body"], repository: repository as FakeRepository };
  return shaped(asked, call, handled(call, request, asked.caller, world), problems);
}

function handled(call: string, request: Request, caller: Caller, world: World): Answer {
  if (call === "GET /installation/repositories") {
    if (caller.kind !== "token" || caller.token.installation === null)
      throw new Refusal(403, "You must authenticate with an installation access token in order to list repositories for an installation.");
    const names = world.access.installations.get(caller.token.installation)?.repositories ?? [];
    return installedRepositories(names.map((name) => world.state.repository(name)));
  }
  if (/^\w+ \/app\b|\/installation$/.test(call)) {
    if (caller.kind !== "app") throw new Refusal(401, "A JSON web token could not be decoded");
    return (READS[call] ?? APP_WRITES[call] ?? notImplemented(call))(request, world);
  }
  if (call === "GET /rate_limit") return (READS[call] ?? notImplemented(call))(request, world);
  const token = world.access.allow(caller, request.repository, needs(call));
  const read = READS[call] ?? COMMENT_READS[call];
  if (read !== undefined) return read(request, world);
  if (call.startsWith("POST")) secondaryLimit(world);
  return (WRITES[call] ?? notImplemented(call))(request, world, token.user);
}

/** Which permissions open a call; one of them is enough. */
function needs(call: string): readonly (readonly [string, "read" | "write"])[] {
  const level = call.startsWith("GET") ? "read" : "write";
  if (call.includes("/check-runs")) return [["checks", level]];
  if (call.includes("/issues/"))
    return [
      ["issues", level],
      ["pull_requests", level],
    ];
  if (call.includes("/pulls")) return [["pull_requests", level]];
  if (/\/(git|contents|compare|branches|commits)\//.test(call)) return [["contents", level]];
  return [["metadata", "read"]];
}

/** Creating calls of the last minute, by world. */
const created = new WeakMap<World, number[]>();

function secondaryLimit(world: World): void {
  const recent = (created.get(world) ?? []).filter((time) => time > Date.now() - 60_000);
  created.set(world, [...recent, Date.now()]);
  if (recent.length >= world.limits.createsPerMinute)
    throw new Refusal(403, "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.", undefined, { "retry-after": "60" });
}

function movedOrMissing({ method, url, path, query }: Asked, world: World, name: string): Refusal {
  const moved = world.state.formerNames.get(name);
  if (moved === undefined) return missing();
  const rest = query.size === 0 ? "" : `?${query}`;
  const location = `${url}${path.replace(`/${name}`, `/${moved.owner}/${moved.name}`)}${rest}`;
  return new Refusal(method === "GET" ? 301 : 307, "Moved Permanently", undefined, { location });
}

function shaped(asked: Asked, call: string, { status, body, list }: Answer, problems: string[]): Given {
  const page = list === undefined ? null : pageOf(asked, list.items);
  const known = page === null ? body : (list?.wrap?.(page.items) ?? page.items);
  const whole = known === null ? null : filledAnswer(call, status, known as Json);
  const problem = whole === null ? null : answerProblem(call, status, whole);
  if (problem !== null) problems.push(`the fake's answer to ${call}: ${problem}`);
  const given = json(status, whole, page === null || page.link === "" ? {} : { link: page.link });
  if (asked.method !== "GET") return given;
  const etag = `W/"${createHash("sha256").update(given.text).digest("hex")}"`;
  const headers = { ...given.headers, etag };
  return asked.etag === etag ? { status: 304, headers, text: "" } : { ...given, headers };
}

function pageOf({ url, path, query }: Asked, items: readonly Json[]): { readonly items: readonly Json[]; readonly link: string } {
  const size = Math.min(100, Math.max(1, Number(query.get("per_page") ?? 30)));
  const page = Math.max(1, Number(query.get("page") ?? 1));
  const last = Math.max(1, Math.ceil(items.length / size));
  const to = (number: number, rel: string): string => {
    const other = new URLSearchParams(query);
    other.set("page", String(number));
    return `<${url}${path}?${other}>; rel="${rel}"`;
  };
  const links = [...(page > 1 ? [to(page - 1, "prev"), to(1, "first")] : []), ...(page < last ? [to(page + 1, "next"), to(last, "last")] : [])];
  return { items: items.slice((page - 1) * size, page * size), link: links.join(", ") };
}

function graphql({ body, caller }: Asked, world: World, problems: string[]): Given {
  const { query, variables = {} } = (body ?? {}) as { readonly query?: string; readonly variables?: Readonly<Record<string, unknown>> };
  if (caller.kind !== "token") throw new Refusal(401, "This endpoint requires you to be authenticated.");
  const given = answerGraphql(query ?? "", variables, graphqlRoots(world, caller.token as Token));
  for (const { type, message } of given.errors ?? []) if (type === undefined || type === "INTERNAL") problems.push(`graphql: ${message}`);
  return json(200, given);
}

function json(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Given {
  if (status === 204) return { status, headers, text: "" };
  return { status, headers: { "content-type": "application/json; charset=utf-8", ...headers }, text: JSON.stringify(body) };
}

function notImplemented(call: string): never {
  throw new Error(`the fake does not do ${call}`);
}
