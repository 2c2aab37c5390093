// What stands around a NATS Streaming server and makes it useless when it is wrong: the container that backs it up, the
// Job that prepares its database, the token that it shows to servers of nats-operator.

import { at, isUnset, map, type MapNode, type Node, scalar, text, unknown } from "../../document/node.ts";
import type { Part } from "../parts.ts";
import { find, ofKind, together } from "./objects.ts";
import type { PodTemplate } from "./pod-template.ts";
import type { PodView } from "./pod-file.ts";
import { keysOfSecret } from "./secret-keys.ts";
import { imageName } from "./server-image.ts";

/** Parts of the model's server; each is null where there is nothing of the kind. */
export function stanCompanions(view: PodView, pods: PodTemplate): readonly Part[] {
  return [
    ["backup", () => backup(view, pods)],
    ["databaseJob", () => databaseJob(view)],
    ["serviceRole", () => serviceRole(view)],
  ];
}

/** The chart's container is known by the variable in which it is told of the bucket. */
function backup(view: PodView, pods: PodTemplate): Node {
  const { origin } = view.workload.node;
  const containers = at(view.pod, "containers");
  if (containers?.kind === "unknown") return containers;
  const found = (containers?.kind === "list" ? containers.items : []).find((one) => variable(one, "STORE_BACKUP_S3PATH") !== undefined);
  const path = at(variable(found, "STORE_BACKUP_S3PATH"), "value");
  if (found?.kind !== "map") return scalar(null, origin);
  const keys = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_DEFAULT_REGION"].map((name) => at(variable(found, name), "valueFrom", "secretKeyRef"));
  const [secret] = keys.flatMap((one) => at(one, "name") ?? []);
  return map(
    [
      ["s3Path", path ?? scalar(null, found.origin)],
      ["secret", secret ?? (hasOpenEnvironment(found) ? unknown("where the variables come from is not known", found.origin) : scalar(null, found.origin))],
      ["missing", missingKey(secret, keys, view)],
      ["role", role(view, pods, found)],
    ],
    found.origin,
  );
}

/** The first of the keys that the Secret, where it is in sight, does not have. */
function missingKey(secret: Node | undefined, references: readonly (Node | undefined)[], { unit, workload }: PodView): Node {
  const origin = secret?.origin ?? workload.node.origin;
  if (secret === undefined) return scalar(null, origin);
  const keys = keysOfSecret(find(unit, workload, "Secret", secret));
  if (keys === null) return unknown("the keys of the Secret are not known", origin);
  const wanted = references.flatMap((one) => text(at(one, "key")) ?? []);
  return scalar(wanted.find((key) => !keys.has(key)) ?? null, origin);
}

/** kiam and kube2iam read the pod's annotation; an account of its own may have a role wherever it is written. */
function role({ pod }: PodView, { annotations }: PodTemplate, container: MapNode): Node {
  if (annotations?.kind === "unknown") return annotations;
  const account = at(pod, "serviceAccountName");
  const isSaid = at(annotations, "iam.amazonaws.com/role") !== undefined;
  const isOpen = !isUnset(account) || (annotations?.kind === "map" && annotations.incomplete !== undefined);
  return isOpen && !isSaid ? unknown("the pod's account may have a role", container.origin) : scalar(isSaid, container.origin);
}

function hasOpenEnvironment(container: MapNode): boolean {
  return at(container, "envFrom") !== undefined || variable(container, "AWS_ACCESS_KEY_ID") !== undefined;
}

/** The entry of a container's environment; undefined where there is none. */
function variable(container: Node | undefined, name: string): Node | undefined {
  const entries = at(container, "env");
  return entries?.kind === "list" ? entries.items.find((one) => text(at(one, "name")) === name) : undefined;
}

/** The chart's Job has the release's name, the server may have another: in a unit with one Job of the kind it is that one. */
function databaseJob({ unit, workload }: PodView): Node {
  const jobs = ofKind(unit, "Job").filter((one) => together(one, workload) && isDatabaseJob(at(one.node, "metadata", "name")));
  const [job] = jobs;
  if (job === undefined || jobs.length > 1) return scalar(null, workload.node.origin);
  const containers = at(job.node, "spec", "template", "spec", "containers");
  if (containers?.kind === "unknown") return containers;
  const [container] = containers?.kind === "list" ? containers.items : [];
  const image = at(container, "image");
  return map(
    [
      ["containers", scalar(container !== undefined, (containers ?? job.node).origin)],
      ["host", host(container, job.node)],
      ["image", image ?? scalar(null, job.node.origin)],
      ["base", image?.kind === "unknown" ? image : scalar(imageName(image)?.base ?? null, (image ?? job.node).origin)],
    ],
    job.node.origin,
  );
}

function isDatabaseJob(name: Node | undefined): boolean {
  return (text(name) ?? (name?.kind === "unknown" ? name.same : undefined) ?? "").endsWith("-init-db");
}

/** What `psql` is told: `--host`, and the host as the next argument. */
function host(container: Node | undefined, beside: MapNode): Node {
  const words = at(container, "args");
  if (words?.kind === "unknown") return words;
  const items = words?.kind === "list" ? words.items : [];
  const index = items.findIndex((one) => /^(?:--host|-h)$/.test(text(one) ?? ""));
  return (index < 0 ? undefined : items[index + 1]) ?? scalar(null, beside.origin);
}

/** The chart puts the URL together of three variables; the server reads it out of the fourth. */
function serviceRole({ container, workload }: PodView): Node {
  const url = text(at(variable(container, "NATS_URL"), "value"));
  if (url?.includes("@$(NATS_SERVICE)") !== true) return scalar(null, workload.node.origin);
  const token = at(variable(container, "NATS_OPERATOR_BOUND_TOKEN"), "valueFrom", "secretKeyRef", "name");
  const service = at(variable(container, "NATS_SERVICE"), "value");
  return map(
    [
      ["service", service ?? scalar(null, container.origin)],
      ["secret", token ?? scalar(null, container.origin)],
    ],
    container.origin,
  );
}
