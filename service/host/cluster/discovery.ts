// Which of the custom kinds that natslint reads the cluster serves. None is a good answer: the operator is not installed.

import type { Connection } from "./connection.ts";
import { CUSTOM, isRecord, type Resource } from "./resources.ts";
import { ClusterTrouble } from "./trouble.ts";

/** The kinds that are served, each in the version that its group prefers. Throws a ClusterTrouble but for groups that are not there. */
export async function discover(connection: Connection, groups: Readonly<Record<string, readonly string[]>> = CUSTOM): Promise<Resource[]> {
  const found = await Promise.all(Object.entries(groups).map(([group, plurals]) => served(connection, group, plurals)));
  return found.flat();
}

async function served(connection: Connection, group: string, plurals: readonly string[]): Promise<Resource[]> {
  try {
    const about = await connection.json(`/apis/${group}`);
    const preferred = isRecord(about) && isRecord(about["preferredVersion"]) ? about["preferredVersion"]["groupVersion"] : undefined;
    if (typeof preferred !== "string") return [];
    const list = await connection.json(`/apis/${preferred}`);
    const resources = isRecord(list) && Array.isArray(list["resources"]) ? list["resources"].filter(isRecord) : [];
    return resources.flatMap(({ name, kind, namespaced, verbs }): Resource[] => {
      if (typeof name !== "string" || typeof kind !== "string" || !plurals.includes(name)) return [];
      if (!Array.isArray(verbs) || !verbs.includes("list")) return [];
      return [{ apiVersion: preferred, kind, plural: name, namespaced: namespaced === true }];
    });
  } catch (thrown) {
    if (thrown instanceof ClusterTrouble && thrown.kind === "missing") return [];
    throw thrown;
  }
}
