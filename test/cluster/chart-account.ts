// natslint's place in the cluster as the chart makes it: its service account with its rights, its empty Secret and Lease.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { inject } from "vitest";
import type { ApiServer } from "../../tools/api-server.ts";
import { objects, render } from "../deploy/chart.ts";
import { did } from "./kubectl.ts";

const own = (): object[] => objects(render()).filter(({ kind }) => /Role|ServiceAccount|Secret|Lease/.test(kind));

/** The API server as that account sees it: a kubeconfig with its token alone. */
export async function chartAccount(): Promise<ApiServer> {
  const api = inject("api");
  await did(["apply", "-f", "-"], [{ apiVersion: "v1", kind: "Namespace", metadata: { name: "policy" } }, ...own()]);
  const token = (await did(["-n", "policy", "create", "token", "natslint-admission"])).trim();
  const config = JSON.parse(await did(["config", "view", "--raw", "-o", "json"])) as { readonly users: readonly object[] };
  const kubeconfig = join(api.folder, "natslint.kubeconfig");
  writeFileSync(kubeconfig, JSON.stringify({ ...config, users: config.users.map((one) => ({ ...one, user: { token } })) }));
  return { ...api, kubeconfig, token };
}

/** What Helm did not make, Helm does not take over. */
export async function removeChartAccount(): Promise<void> {
  await did(["delete", "-f", "-"], own());
}
