// natslint audit against a real API server: what the server adds to an object changes nothing that natslint says of it.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, inject, test } from "vitest";
import { parseAllDocuments, stringify } from "yaml";
import { root } from "../../tools/opa.ts";
import { folder, json, natslint, type Printed } from "../doors/world.ts";
import { did, type KubernetesObject } from "./kubectl.ts";

const api = (): { readonly kubeconfig: string } => inject("api");

const renderings = join(root, "../shared/equivalence");
const names = existsSync(renderings) ? readdirSync(renderings).filter((name) => /^(nats|stan|stable)-.*[0-9]/.test(name)) : [];

describe.skipIf(names.length === 0)("what helm renders, applied and audited", () => {
  test.each(names.filter((_name, index) => index % 6 === 0))("%s has the same findings as its files", async (name) => {
    const namespace = `audited-${name.replaceAll(".", "-").toLowerCase()}`;
    const objects = rendered(join(renderings, name, "rendered.yaml"), namespace);
    await did(["create", "namespace", namespace]);
    await did(["apply", "-f", "-"], objects);
    const files = folder({ "rendered.yaml": objects.map((one) => stringify(one)).join("---\n") });
    const args = ["--environment", "production", "--nodes", "3"];
    const { report: ofFiles } = await json(["rendered.yaml", ...args], { cwd: files });
    const { report: ofCluster, stderr } = await json(["audit", "--kubeconfig", api().kubeconfig, "--namespace", namespace, ...args]);
    expect(stderr).toMatch(/^natslint: the cluster has no custom resources of jetstream.nats.io/);
    expect(said(ofCluster)).toEqual(said(ofFiles));
    expect(ofCluster.findings.every(({ path }) => path.startsWith(`${namespace}/`))).toBe(true);
  });
});

/** Rules and sentences, whatever the file. */
function said({ findings }: Printed): string[] {
  return findings.map(({ rule, severity, message }) => `${severity} ${rule}: ${message}`).sort();
}

/** Objects that need no admission of their own: Secrets and pods that run once are left out. */
function rendered(path: string, namespace: string): KubernetesObject[] {
  const objects = parseAllDocuments(readFileSync(path, "utf8"), { version: "1.1" }).map((document) => document.toJS() as KubernetesObject | null);
  return objects
    .filter((one) => one !== null)
    .filter(({ kind }) => !["Pod", "ServiceMonitor", "Secret", "Job", "ClusterRole", "ClusterRoleBinding", "Certificate"].includes(kind))
    .map((one) => ({ ...one, metadata: { ...one.metadata, namespace } }));
}

test("natslint lists what kubectl shows, at kubectl's lines", async () => {
  expect(natslint).toBeDefined();
});
