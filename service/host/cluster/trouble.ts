// What can go wrong between natslint and an API server, in the few kinds that are handled differently.

/** 401 and 403 are one: asked with other rights the answer may be another. `missing`: there is no such object or kind. */
export type TroubleKind = "forbidden" | "missing" | "expired" | "timeout" | "unreachable" | "malformed" | "refused";

/** Its message is one sentence without anything of the cluster's objects in it. */
export class ClusterTrouble extends Error {
  override readonly name = "ClusterTrouble";
  readonly kind: TroubleKind;
  /** HTTP status; null when there was no answer. ListWatch reads it: by 410 it lists again. */
  readonly statusCode: number | null;

  constructor(kind: TroubleKind, message: string, statusCode: number | null = null, cause?: unknown) {
    super(message, cause === undefined ? {} : { cause });
    this.kind = kind;
    this.statusCode = statusCode;
  }
}

/** What an HTTP status means. `what` was asked for: "GET /api/v1/nodes". */
export function refusal(status: number, what: string): ClusterTrouble {
  if (status === 401) return new ClusterTrouble("forbidden", `the API server does not know who asks (401 for ${what})`, status);
  if (status === 403) return new ClusterTrouble("forbidden", `the API server does not allow ${what} (403)`, status);
  if (status === 404) return new ClusterTrouble("missing", `there is nothing for ${what} (404)`, status);
  if (status === 410) return new ClusterTrouble("expired", `the API server no longer knows the state that ${what} goes on from (410)`, status);
  if (status === 429 || status >= 500) return new ClusterTrouble("unreachable", `the API server cannot answer ${what} now (${status})`, status);
  return new ClusterTrouble("refused", `the API server refuses ${what} (${status})`, status);
}

/** Whatever was thrown while `what` was under way: no connection, none any more, or a certificate that is not trusted. */
export function troubleOf(thrown: unknown, what: string): ClusterTrouble {
  if (thrown instanceof ClusterTrouble) return thrown;
  const { code, message } = thrown as { readonly code?: unknown; readonly message?: unknown };
  const why = typeof code === "string" ? code : typeof message === "string" ? message.split("\n")[0] : "no reason given";
  return new ClusterTrouble("unreachable", `the API server cannot be reached for ${what} (${why})`, null, thrown);
}
