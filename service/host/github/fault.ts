// What went wrong in a call to GitHub, in the few kinds that are handled differently, with nothing of its text but a
// short, cleaned sentence for logs.

import { redactLine } from "../../model/secrets.ts";
import { ForeignAnswer } from "./connection.ts";

export type FaultKind =
  | "unauthorised" // 401: the token or the App's key is refused
  | "permission" // the permission is missing or not yet accepted
  | "primary-limit"
  | "secondary-limit"
  | "suspended" // the installation is
  | "archived" // the repository is read-only
  | "locked" // the conversation is
  | "crowded" // the pull request has as many comments as it can take
  | "policy" // an IP allow list or SAML stands in the way
  | "missing" // 404, 410
  | "conflict" // 409
  | "validation" // 422
  | "refused" // another 4xx
  | "server" // 5xx
  | "connection" // no answer, or none that can be read
  | "foreign"; // the answer led to another host

export interface Fault {
  readonly kind: FaultKind;
  /** HTTP status, null without one. */
  readonly status: number | null;
  /** Seconds to wait before anything is tried again; null where waiting does not help or nothing is known. */
  readonly after: number | null;
  /** A write may have had its effect. */
  readonly ambiguous: boolean;
  /** GitHub's own sentence, redacted and on one line of at most 200 characters: for logs, never for comments. */
  readonly said: string;
}

/** The fault in what a call threw; null when it did not come from GitHub, and is to be thrown on. */
export function faultOf(thrown: unknown): Fault | null {
  if (thrown instanceof ForeignAnswer || (thrown as Failure | null)?.cause instanceof ForeignAnswer)
    return { kind: "foreign", status: null, after: null, ambiguous: false, said: "the answer led to another host" };
  if (!(thrown instanceof Error)) return null;
  const failure = thrown as Failure;
  if (Array.isArray(graphqlErrors(failure))) return graphqlFault(failure);
  if (typeof failure.status !== "number") return null;
  if (failure.response === undefined) return fault("connection", null, null, failure.message);
  const headers = failure.response.headers ?? {};
  const kind = httpKind(failure.status, failure.message, headers);
  return fault(kind, failure.status, kind.endsWith("-limit") ? wait(headers) : null, failure.message);
}

/** One sentence for people, about the kind alone. */
export function faultSentence({ kind, status }: Fault): string {
  return SENTENCES[kind] + (status === null || kind !== "server" ? "" : ` (${status})`);
}

const SENTENCES: Readonly<Record<FaultKind, string>> = {
  unauthorised: "GitHub refused the credentials",
  permission: "GitHub did not grant the permission for this",
  "primary-limit": "the hourly limit of GitHub's API is used up",
  "secondary-limit": "GitHub asked for a pause",
  suspended: "the installation is suspended",
  archived: "the repository is archived",
  locked: "the conversation is locked",
  crowded: "the pull request can take no more comments",
  policy: "an IP allow list or single sign-on of the organisation refused the call",
  missing: "GitHub does not know it any more",
  conflict: "something else changed it at the same time",
  validation: "GitHub found the request invalid",
  refused: "GitHub refused the request",
  server: "GitHub had an error of its own",
  connection: "GitHub did not answer",
  foreign: "the answer led to another host",
};

interface Failure extends Error {
  readonly status?: number;
  readonly errors?: readonly GraphqlError[];
  readonly data?: unknown;
  readonly headers?: Headers;
  readonly response?: { readonly headers?: Headers; readonly data?: unknown };
}

interface GraphqlError {
  readonly type?: string;
  readonly message?: string;
}

type Headers = Readonly<Record<string, string | number | undefined>>;

function httpKind(status: number, message: string, headers: Headers): FaultKind {
  if (status === 401) return "unauthorised";
  if (status === 403 || status === 429) return refusal(status, message, headers);
  if (status === 404 && /resource not accessible/i.test(message)) return "permission";
  if (status === 404 || status === 410) return "missing";
  if (status === 409) return "conflict";
  if (status === 422) return /\blocked\b/i.test(message) ? "locked" : "validation";
  return status >= 500 ? "server" : "refused";
}

/** 403 says many things; the wording tells them apart. What is not known counts as a missing permission. */
function refusal(status: number, message: string, headers: Headers): FaultKind {
  if (/secondary rate|abuse/i.test(message)) return "secondary-limit";
  if (headers["x-ratelimit-remaining"] === "0" || headers["x-ratelimit-remaining"] === 0) return "primary-limit";
  if (headers["retry-after"] !== undefined || status === 429) return "secondary-limit";
  if (/suspended/i.test(message)) return "suspended";
  if (/archived|read-only/i.test(message)) return "archived";
  if (/\blocked\b/i.test(message)) return "locked";
  if (/commenting (is|has been) disabled|too many comments|2,?500/i.test(message)) return "crowded";
  if (/ip allow ?list|saml|single sign-on|\bsso\b/i.test(message)) return "policy";
  if (/rate limit/i.test(message)) return "primary-limit";
  return "permission";
}

/** Seconds to wait: `retry-after` in seconds or as a date, else the reset of the limit, else a minute. */
function wait(headers: Headers): number {
  const after = String(headers["retry-after"] ?? "").trim();
  if (/^\d+$/.test(after)) return Number(after);
  const date = Date.parse(after);
  if (!Number.isNaN(date)) return secondsUntil(date);
  const reset = Number(headers["x-ratelimit-reset"]);
  return String(headers["x-ratelimit-remaining"]) === "0" && Number.isFinite(reset) ? secondsUntil(reset * 1000) + 1 : 60;
}

function secondsUntil(time: number): number {
  return Math.max(0, Math.ceil((time - Date.now()) / 1000));
}

function graphqlErrors({ errors, response, data }: Failure): readonly GraphqlError[] | undefined {
  if (Array.isArray(errors)) return errors;
  const said = (response?.data ?? data) as { readonly errors?: readonly GraphqlError[] } | undefined;
  return (response as { readonly status?: number } | undefined)?.status === 200 ? said?.errors : undefined;
}

function graphqlFault(failure: Failure): Fault {
  const errors = graphqlErrors(failure) ?? [];
  const types = errors.map((error) => error.type ?? "");
  const message = errors.map((error) => error.message ?? "").join("; ");
  const headers = failure.headers ?? failure.response?.headers ?? {};
  if (types.some((type) => /RATE_LIMIT/.test(type))) return fault("primary-limit", 200, wait(headers), message);
  if (/secondary rate/i.test(message)) return fault("secondary-limit", 200, wait(headers), message);
  if (types.includes("FORBIDDEN") || /resource not accessible/i.test(message)) return fault("permission", 200, null, message);
  if (types.includes("NOT_FOUND")) return fault("missing", 200, null, message);
  if (/something went wrong/i.test(message)) return fault("server", 200, null, message);
  return fault("validation", 200, null, message);
}

function fault(kind: FaultKind, status: number | null, after: number | null, said: string): Fault {
  return { kind, status, after, ambiguous: kind === "server" || kind === "connection", said: cleaned(said) };
}

const TOKEN = /\b(?:gh[opsur]_[A-Za-z0-9._-]{20,}|github_pat_[A-Za-z0-9_]{20,})/g;

function cleaned(text: string): string {
  const line = text
    .replace(/[\p{C}\u2028\u2029]/gu, " ")
    .replace(TOKEN, "********")
    .slice(0, 400);
  return redactLine(line).trim().slice(0, 200);
}
