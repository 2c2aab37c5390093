// Who may switch natslint off for a namespace: whoever may edit namespaces could, with the label by which the webhook's
// selector leaves one out. Needs nothing but the review, so that it holds whatever else fails.

import { record, type Review } from "./review.ts";

/** Namespaces with this label are left out by the webhook's configuration. */
const IGNORE_LABEL = "natslint/ignore";

/** Users and groups, by name, who may set the label. */
export function mayChangeLabel(review: Review, editors: readonly string[]): boolean {
  const has = (object: unknown): boolean => record(record(record(object)?.["metadata"])?.["labels"])?.[IGNORE_LABEL] !== undefined;
  // Taking the label off switches natslint on, which needs no right of its own.
  if (review.kind !== "Namespace" || !has(review.object) || has(review.oldObject)) return true;
  return [review.user.name, ...review.user.groups].some((one) => editors.includes(one));
}

/** The response body. */
export function labelAnswer(uid: string, allowed: boolean): string {
  const message = `the label ${IGNORE_LABEL} switches natslint off for a namespace, which only its administrators may do`;
  const status = allowed ? {} : { status: { status: "Failure", code: 403, reason: "Forbidden", message } };
  const response = { uid, allowed, ...status, auditAnnotations: { result: allowed ? "ok" : "deny" } };
  return JSON.stringify({ apiVersion: "admission.k8s.io/v1", kind: "AdmissionReview", response });
}
