// The charts of the NATS project where it keeps them: a path of one of its own repositories names a published chart.

import { posix } from "node:path";
import type { ChartReference } from "./installation.ts";

/** The folders of charts by repository. Other folders there, and the repositories of others, hold other charts. */
const PLACES: ReadonlyMap<string, RegExp> = new Map([
  ["nats-io/k8s", /^helm\/charts\/(nats|stan|nack|nats-operator)$/],
  ["nats-io/nats-streaming-operator", /^helm\/(nats-streaming-operator)$/],
]);

/** The chart at a path of a Git repository; null for all but the project's own. `revision` tells the version where it is a chart's tag. */
export function gitChart(repository: string | null, path: string, revision: string | null): ChartReference | null {
  const name = /^(?:(?:https?|git|ssh):\/\/(?:[^@/]+@)?|[^@/]+@)github\.com[/:]([^/]+\/[^/]+?)(?:\.git)?\/?$/i.exec(repository?.trim() ?? "")?.[1];
  const chart = PLACES.get(name?.toLowerCase() ?? "")?.exec(posix.join("/", path).replace(/^\/|\/$/g, ""))?.[1];
  if (chart === undefined) return null;
  // Tags such as v0.9.2 are those of whichever chart was released.
  const tag = revision?.replace(/^refs\/tags\//, "") ?? "";
  const version = tag.startsWith(`${chart}-`) ? tag.slice(chart.length + 1) : "";
  return { kind: "published", chart, repository: "nats-io", version: /^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version) ? version : null, inGit: true };
}
