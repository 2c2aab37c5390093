// The one API server that all tests of this folder share: vitest starts it before the first and ends it after the last.
import type { TestProject } from "vitest/node";
import { type ApiServer, startApiServer } from "../../tools/api-server.ts";
import { installProgram } from "../../tools/kubernetes.ts";

declare module "vitest" {
  export interface ProvidedContext {
    readonly api: ApiServer;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  installProgram("kubectl");
  const { url, token, kubeconfig, authority, folder, stop } = await startApiServer();
  project.provide("api", { url, token, kubeconfig, authority, folder });
  return stop;
}
