// Requests that are let through whatever is wrong with the object: who denies these makes operators loop and cleaning up
// jam, and mends nothing.

import { isDeepStrictEqual } from "node:util";
import { type JsonObject, record, type Review } from "./review.ts";

/** Never read, not even by accident: what they hold is nobody's business here. */
const UNREAD_KINDS = ["Secret"];

/** Why nothing is judged at all; null when it is. */
export function unjudged({ operation, kind, subResource, object, oldObject }: Review): string | null {
  if (operation === "DELETE" || operation === "CONNECT") return "no rule is about this operation";
  if (UNREAD_KINDS.includes(kind)) return "secrets are not read";
  if (subResource !== "" && subResource !== "scale") return "no rule is about this subresource";
  if (record(object?.["metadata"])?.["deletionTimestamp"] !== undefined) return "the object is being deleted";
  if (oldObject !== null && isSame(without(object, "finalizers"), without(oldObject, "finalizers"))) return "only finalizers change";
  return null;
}

/** Why findings only warn; null when they may deny. */
export function mild({ object, oldObject, user, subResource }: Review): "metadata" | "owner" | null {
  if (subResource === "" && oldObject !== null && isSame(withoutMetadata(object), withoutMetadata(oldObject))) return "metadata";
  const owners = record(object?.["metadata"])?.["ownerReferences"];
  const owned = Array.isArray(owners) && owners.some((one) => record(one)?.["controller"] === true);
  // A person who edits what an operator owns is told no; the operator would only try for ever.
  return owned && user.name.startsWith("system:") ? "owner" : null;
}

function isSame(one: unknown, other: unknown): boolean {
  return isDeepStrictEqual(one, other);
}

/** What people write: without what the API server keeps up itself, and without one more field. */
function without(object: JsonObject | null, field: string): unknown {
  const { status: _, ...rest } = object ?? {};
  const { managedFields: _f, resourceVersion: _r, generation: _g, [field]: _x, ...metadata } = record(rest["metadata"]) ?? {};
  return { ...rest, metadata };
}

function withoutMetadata(object: JsonObject | null): unknown {
  const { metadata: _, status: _s, ...rest } = object ?? {};
  return rest;
}
