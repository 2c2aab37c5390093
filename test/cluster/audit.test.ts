// natslint audit against a real API server: what the server adds to an object changes nothing that natslint says of it.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, inject, test } from "vitest";
import { parseAllDocuments, stringify } from "yaml";
import { root } from "../../tools/opa.ts";
import { folder, json, natslint } from "../doors/world.ts";
import { objectSource } from "../../service/host/cluster/object-source.ts";
import type { ClusterObject } from "../../service/host/cluster/surroundings.ts";
import type { PrintedReport } from "../../service/report/json.ts";
import { did, kubectl, type KubernetesObject, until } from "./kubectl.ts";

const api = (): { readonly kubeconfig: string } => inject("api");

const renderings = join(root, "../shared/equivalence");
const names = existsSync(renderings) ? readdirSync(renderings).filter((name) => /^(nats|stan|stable)-.*[0-9]/.test(name)) : [];

describe.skipIf(names.length === 0)("what helm renders, applied and audited", () => {
  let found = 0;
  test.each(names.filter((_name, index) => index % 6 === 0))("%s has the same findings as its files", async (name) => {
    const namespace = `audited-${name.replaceAll(".", "-").toLowerCase()}`;
    const objects = rendered(join(renderings, name, "rendered.yaml"), namespace);
    await did(["create", "namespace", namespace]);
    await did(["apply", "-f", "-"], objects);
    const files = folder({ "rendered.yaml": objects.map((one) => stringify(one)).join("---\n") });
    const args = ["--environment", "production", "--nodes", "3"];
    const { report: ofFiles } = await json(["rendered.yaml", ...args], { cwd: files });
    const { report: ofCluster, stderr } = await json(["audit", "--kubeconfig", api().kubeconfig, "--namespace", namespace, ...args]);
    // The definitions of NATS' resources may have been installed by another file of this suite.
    expect(stderr).toMatch(/^$|^natslint: the cluster has no custom resources of jetstream.nats.io/);
    expect(said(ofCluster)).toEqual(said(ofFiles));
    found += ofFiles.findings.length;
    expect(ofCluster.findings.every(({ path }) => path.startsWith(`${namespace}/`))).toBe(true);
  });

  test("and there were findings", () => expect(found).toBeGreaterThan(5));
});

/** Rules and sentences, whatever the file. */
function said({ findings }: PrintedReport): string[] {
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

describe("the text that a finding's line is of", () => {
  test("is what kubectl prints, less what the server writes about itself", async () => {
    const namespace = "printed";
    const awkward = {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: {
        name: "awkward",
        namespace,
        labels: { on: "yes", number: "1" },
        annotations: { "a/b": "{x: 1}", empty: "", time: "12:30:45", tilde: "~" },
      },
      data: {
        "nats.conf": "port: 4222\n\ncluster {\n  name: events\n  # a comment: with a colon\n}\n",
        last: "no newline\nat the end",
        "0x10": "0o14",
        indented: "  first line\n  second\n",
      },
    };
    await did(["create", "namespace", namespace]);
    await did(["apply", "-f", "-"], [awkward, statefulSet(namespace, 2)]);
    for (const [kind, name] of [
      ["configmap", "awkward"],
      ["statefulset", "nats"],
    ] as const) {
      const [shown, raw] = [await did(["get", kind, name, "-n", namespace, "-o", "yaml"]), await did(["get", kind, name, "-n", namespace, "-o", "json"])];
      const { text } = objectSource(JSON.parse(raw) as ClusterObject);
      // Of the copy that apply keeps only the place stays, and status comes last.
      const expected = shown.replace(/(last-applied-configuration: \|\n +).*/, "$1{}").replace(/\nstatus:\n(.*\n)*/, "\n");
      // Which quotes stand around a word is no matter of lines.
      const bare = (yaml: string): string[] => yaml.replaceAll(/["']/g, "").split("\n");
      expect(bare(text)).toEqual(bare(expected));
    }
  });
});

describe("policy reports", () => {
  const namespace = "reported";
  const args = (): string[] => ["audit", "--kubeconfig", api().kubeconfig, "--environment", "production", "--policy-report"];
  const report = async (kind: string, where = namespace): Promise<Report> =>
    JSON.parse(await did(["get", kind, "natslint", "-n", where, "-o", "json"])) as Report;

  test("are written where the cluster knows them, once, and go with the NATS that they are about", async () => {
    await did(
      ["apply", "-f", "-"],
      [crd("wgpolicyk8s.io", "v1alpha2", "PolicyReport", {}), crd("openreports.io", "v1alpha1", "Report", { source: { type: "string" } })],
    );
    await did(["create", "namespace", namespace]);
    await until("the kinds", async () => (await kubectl(["get", "policyreports.wgpolicyk8s.io,reports.openreports.io", "-A"])).code === 0);
    await did(["apply", "-f", "-"], [statefulSet(namespace, 2), conf(namespace)]);
    expect(await natslint(args())).toMatchObject({ code: 1 });
    for (const kind of ["policyreports.wgpolicyk8s.io", "reports.openreports.io"]) {
      const written = await report(kind);
      const few = written.results.find(({ policy }) => policy === "cluster-min-replicas");
      expect(few).toMatchObject({
        result: "fail",
        severity: "high",
        source: "natslint",
        resources: [{ kind: "StatefulSet", name: "nats", fieldPath: "spec.replicas" }],
      });
      expect(written.summary.fail).toBe(written.results.filter(({ result }) => result === "fail").length);
    }
    const before = (await report("policyreports.wgpolicyk8s.io")).metadata.resourceVersion;
    await natslint(args());
    expect((await report("policyreports.wgpolicyk8s.io")).metadata.resourceVersion).toBe(before);
    await did(["delete", "statefulset,configmap", "--all", "-n", namespace]);
    await natslint(args());
    for (const kind of ["policyreports.wgpolicyk8s.io", "reports.openreports.io"])
      expect((await kubectl(["get", kind, "natslint", "-n", namespace])).stderr).toContain("not found");
  });

  test("of others stay, and a namespace that was not asked about keeps its own", async () => {
    const other = { apiVersion: "wgpolicyk8s.io/v1alpha2", kind: "PolicyReport", metadata: { name: "natslint", namespace }, results: [] };
    await did(["apply", "-f", "-"], [other]);
    await natslint([...args(), "--namespace", "default"]);
    await natslint(args());
    expect((await report("policyreports.wgpolicyk8s.io")).metadata.name).toBe("natslint");
  });
});

test("an account that may list some kinds gets a report of those, and the others by name", async () => {
  await did(["create", "serviceaccount", "auditor"]);
  await did(["create", "clusterrole", "auditing", "--verb=list", "--resource=statefulsets.apps,deployments.apps,configmaps"]);
  await did(["create", "clusterrolebinding", "auditing", "--clusterrole=auditing", "--serviceaccount=default:auditor"]);
  const token = (await did(["create", "token", "auditor"])).trim();
  const cwd = folder({ kubeconfig: readFileSync(api().kubeconfig, "utf8").replaceAll(inject("api").token, token) });
  const { report } = await json(["audit", "--kubeconfig", "kubeconfig"], { cwd });
  const unread = report.files.filter(({ state }) => state === "unreadable").map(({ path }) => path);
  // Kinds of NATS' operators are there where another file of this suite has installed them.
  expect(unread.filter((path) => !path.endsWith("nats.io"))).toEqual([
    "daemonsets.apps",
    "services",
    "persistentvolumeclaims",
    "poddisruptionbudgets.policy",
    "networkpolicies.networking.k8s.io",
    "ingresses.networking.k8s.io",
    "nodes",
    "storageclasses.storage.k8s.io",
  ]);
});

interface Report {
  readonly metadata: { readonly name: string; readonly resourceVersion: string };
  readonly summary: Readonly<Record<string, number>>;
  readonly results: readonly { readonly policy: string; readonly result: string }[];
}

function statefulSet(namespace: string, replicas: number): KubernetesObject {
  const labels = { app: "nats" };
  const containers = [
    { name: "nats", image: "nats:2.10.18-alpine", args: ["--config", "/etc/nats/nats.conf"], volumeMounts: [{ name: "config", mountPath: "/etc/nats" }] },
  ];
  const spec = { containers, volumes: [{ name: "config", configMap: { name: "nats-config" } }] };
  return {
    apiVersion: "apps/v1",
    kind: "StatefulSet",
    metadata: { name: "nats", namespace, labels },
    spec: { replicas, serviceName: "nats", selector: { matchLabels: labels }, template: { metadata: { labels }, spec } },
  };
}

function conf(namespace: string): KubernetesObject {
  const text = "cluster {\n  name: events\n  port: 6222\n  routes: [nats://nats-0.nats:6222]\n}\n";
  return { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "nats-config", namespace }, data: { "nats.conf": text } };
}

/** The fields that the published kinds have, and no others: apply refuses what is not there. */
function crd(group: string, version: string, kind: string, more: object): KubernetesObject {
  const plural = `${kind.toLowerCase()}s`;
  const text = { type: "string" };
  const object = (properties: object): object => ({ type: "object", properties });
  const list = (items: object): object => ({ type: "array", items });
  const texts = { type: "object", additionalProperties: text };
  const [severity, result] = [
    { ...text, enum: ["high", "low", "medium"] },
    { ...text, enum: ["pass", "fail", "warn", "error", "skip"] },
  ];
  const resource = object({ apiVersion: text, kind: text, namespace: text, name: text, fieldPath: text, uid: text, resourceVersion: text });
  const fields = { source: text, policy: text, rule: text, category: text, severity, result, message: text, properties: texts, scored: { type: "boolean" } };
  const count = { type: "integer" };
  const schema = object({
    apiVersion: text,
    kind: text,
    metadata: { type: "object" },
    summary: object({ pass: count, fail: count, warn: count, error: count, skip: count }),
    results: list({ ...object({ ...fields, resources: list(resource) }), required: ["policy"] }),
    ...more,
  });
  return {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: `${plural}.${group}`, annotations: { "api-approved.kubernetes.io": "unapproved, for a test" } },
    spec: {
      group,
      scope: "Namespaced",
      names: { plural, singular: kind.toLowerCase(), kind },
      versions: [{ name: version, served: true, storage: true, schema: { openAPIV3Schema: schema } }],
    },
  };
}
