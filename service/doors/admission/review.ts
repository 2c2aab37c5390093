// An AdmissionReview as the API server posts it, read: what of it decides, or one sentence for what is wrong with it.
// No sentence holds a part of the body: V8 quotes what it cannot parse, and a body may carry passwords.

export type JsonObject = Readonly<Record<string, unknown>>;

export type Operation = "CREATE" | "UPDATE" | "DELETE" | "CONNECT";

export interface Review {
  readonly uid: string;
  readonly operation: Operation;
  readonly kind: string;
  readonly resource: string;
  readonly subResource: string;
  /** Empty while the API server is still to make one from `generateName`. */
  readonly name: string;
  readonly namespace: string | null;
  readonly dryRun: boolean;
  readonly user: { readonly name: string; readonly groups: readonly string[] };
  readonly object: JsonObject | null;
  readonly oldObject: JsonObject | null;
}

const OPERATIONS: readonly string[] = ["CREATE", "UPDATE", "DELETE", "CONNECT"] satisfies readonly Operation[];

export function readReview(bytes: Uint8Array): Review | { readonly refused: string } {
  const review = parse(bytes);
  if (review === null) return { refused: "the body is no JSON object in UTF-8" };
  if (review["apiVersion"] !== "admission.k8s.io/v1" || review["kind"] !== "AdmissionReview")
    return { refused: "the body is no AdmissionReview of admission.k8s.io/v1: the webhook's admissionReviewVersions has to be [v1]" };
  const request = record(review["request"]);
  if (request === null) return { refused: "the AdmissionReview holds no request" };
  const uid = text(request["uid"]);
  if (!/^[\w-]{1,128}$/.test(uid)) return { refused: "the request has no uid" };
  const operation = text(request["operation"]);
  if (!OPERATIONS.includes(operation)) return { refused: "the request's operation is none of CREATE, UPDATE, DELETE and CONNECT" };
  const object = record(request["object"]);
  const oldObject = record(request["oldObject"]);
  if (object === null && (operation === "CREATE" || operation === "UPDATE")) return { refused: `a ${operation} without an object` };
  if (oldObject === null && operation === "UPDATE") return { refused: "an UPDATE without the old object" };
  const kind = text(record(request["kind"])?.["kind"]);
  if (kind === "") return { refused: "the request names no kind" };
  const user = record(request["userInfo"]);
  const groups = user?.["groups"];
  return {
    uid,
    operation: operation as Operation,
    kind,
    resource: text(record(request["resource"])?.["resource"]),
    subResource: text(request["subResource"]),
    name: text(request["name"]) || text(record(object?.["metadata"])?.["name"]),
    namespace: text(request["namespace"]) || null,
    dryRun: request["dryRun"] === true,
    user: { name: text(user?.["username"]), groups: Array.isArray(groups) ? groups.filter((one) => typeof one === "string") : [] },
    object,
    oldObject,
  };
}

/** A plain object, or null for anything else. */
export function record(value: unknown): JsonObject | null {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonObject) : null;
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function parse(bytes: Uint8Array): JsonObject | null {
  try {
    return record(JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes)));
  } catch {
    return null;
  }
}
