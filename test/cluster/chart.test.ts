// The chart against a real API server: every object is one that it takes, in a namespace that is restricted, and Helm's order of
// installing and removing never leaves a webhook without its server for longer than it must.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, inject, test } from "vitest";
import { chart } from "../../tools/build-kustomize.ts";
import { installProgram, moduleFolder } from "../../tools/kubernetes.ts";
import { root } from "../../tools/opa.ts";
import { objects, render, valueSets, valuesFile } from "../deploy/chart.ts";
import { auditLog, did, kubectl, run, until } from "./kubectl.ts";

const helm = (...args: string[]): ReturnType<typeof run> => run(installProgram("helm"), args, { api: inject("api") });

beforeAll(async () => {
  installProgram("helm");
  const certManager = join(moduleFolder("github.com/cert-manager/cert-manager", "v1.21.2"), "deploy/crds");
  const operator = join(moduleFolder("github.com/prometheus-operator/prometheus-operator", "v0.85.0"), "jsonnet/prometheus-operator");
  const definitions = [
    ...["certificates", "issuers", "clusterissuers"].map((name) => join(certManager, `cert-manager.io_${name}.yaml`)),
    ...["servicemonitors", "prometheusrules"].map((name) => join(operator, `${name}-crd.json`)),
  ];
  // Too large for the annotation that `kubectl apply` leaves.
  await did(["create", ...definitions.flatMap((path) => ["-f", path])]);
  await did(["wait", "--for=condition=Established", "crd", "--all", "--timeout=20s"]);
  await did(["create", "namespace", "policy"]);
  await did(["label", "namespace", "policy", "pod-security.kubernetes.io/enforce=restricted", "pod-security.kubernetes.io/warn=restricted"]);
}, 120_000);

describe.each(valueSets)("with %s", (set) => {
  test("is taken by the API server, without a warning", async () => {
    const manifest = render("--values", valuesFile(set));
    const answer = await kubectl(["apply", "--dry-run=server", "--server-side", "--validate=strict", "-f", "-"], manifest);
    // The one that asks for the node's network says so itself.
    const warnings = set === "private-cluster" ? expect.stringContaining("hostNetwork=true") : "";
    expect(answer).toMatchObject({ code: 0, stderr: warnings });
    expect(answer.stdout.trim().split("\n")).toHaveLength(objects(manifest).length);
  });

  test("makes pods that a restricted namespace admits, but for those on the node's network", async () => {
    const pods = objects(render("--values", valuesFile(set)))
      .filter(({ kind }) => kind === "Deployment")
      .map(({ spec, metadata }) => ({ apiVersion: "v1", kind: "Pod", ...spec.template, metadata: { ...spec.template.metadata, ...metadata } }));
    expect(pods.length).toBeGreaterThan(0);
    // Classes of the system are taken outside kube-system too, unless an administrator has limited them.
    const answer = await kubectl(["create", "--dry-run=server", "-n", "policy", "-f", "-"], pods);
    if (set === "private-cluster") expect(answer).toMatchObject({ code: 1, stderr: expect.stringContaining("hostNetwork=true") });
    else expect(answer).toMatchObject({ code: 0, stderr: "" });
  });
});

test("deploy/kustomize is what kubectl applies, the webhook's configuration last", async () => {
  const built = objects(await did(["kustomize", join(root, "deploy/kustomize")]));
  expect(built[0]?.kind).toBe("Namespace");
  expect(built.at(-1)?.kind).toBe("ValidatingWebhookConfiguration");
  await did(["apply", "-f", "-"], [{ apiVersion: "v1", kind: "Namespace", metadata: { name: "natslint" } }]);
  expect(await kubectl(["apply", "--dry-run=server", "-k", join(root, "deploy/kustomize")])).toMatchObject({ code: 0 });
});

test("Helm creates the webhook's configuration after the server, and deletes it before", async () => {
  const from = auditLog().length;
  const installed = await helm("install", "natslint", join(root, chart), "--namespace", "policy");
  expect(installed, installed.stderr).toMatchObject({ code: 0 });
  expect(installed.stdout).toContain("kubectl delete validatingwebhookconfiguration natslint\n");
  const removed = await helm("uninstall", "natslint", "--namespace", "policy");
  expect(removed, removed.stderr).toMatchObject({ code: 0 });
  const steps = await until("the audit log", () => {
    const seen = auditLog()
      .slice(from)
      .filter(({ verb }) => verb === "create" || verb === "delete");
    const order = seen.map(({ verb, objectRef }) => `${verb} ${objectRef?.resource}`);
    return order.includes("delete serviceaccounts") && order;
  });
  const first = (step: string): number => steps.indexOf(step);
  expect(first("create validatingwebhookconfigurations")).toBeGreaterThan(first("create deployments"));
  expect(first("delete validatingwebhookconfigurations")).toBeGreaterThan(first("create validatingwebhookconfigurations"));
  for (const kind of ["services", "deployments", "clusterroles"])
    expect(first(`delete ${kind}`), kind).toBeGreaterThan(first("delete validatingwebhookconfigurations"));
  expect(await did(["get", "validatingwebhookconfigurations", "-o", "name"])).toBe("");
});

test("an upgrade leaves the certificate, the authority and the lease alone that natslint wrote", async () => {
  const flags = ["--namespace", "policy"];
  await helm("install", "kept", join(root, chart), ...flags);
  try {
    await did(["-n", "policy", "patch", "secret", "kept-natslint-admission-tls", "-p", JSON.stringify({ stringData: { "tls.crt": "certificate" } })]);
    await did([
      "-n",
      "policy",
      "patch",
      "lease",
      "kept-natslint-admission-tls-leader",
      "--type=merge",
      "-p",
      JSON.stringify({ spec: { holderIdentity: "one" } }),
    ]);
    const ca = readFileSync(inject("api").authority).toString("base64");
    const patch = [{ op: "add", path: "/webhooks/0/clientConfig/caBundle", value: ca }];
    await did(["patch", "validatingwebhookconfiguration", "kept-natslint", "--type=json", "-p", JSON.stringify(patch)]);
    const upgraded = await helm(
      "upgrade",
      "kept",
      join(root, chart),
      ...flags,
      "--set",
      "admission.maxMode=deny,admission.webhooks.workloads.failurePolicy=Fail",
    );
    expect(upgraded, upgraded.stderr).toMatchObject({ code: 0 });
    const said = await did([
      "get",
      "validatingwebhookconfiguration",
      "kept-natslint",
      "-o",
      "jsonpath={.webhooks[0].failurePolicy} {.webhooks[0].clientConfig.caBundle}",
    ]);
    expect(said).toBe(`Fail ${ca}`);
    expect(await did(["-n", "policy", "get", "secret", "kept-natslint-admission-tls", "-o", "jsonpath={.data}"])).toContain("tls.crt");
    expect(await did(["-n", "policy", "get", "lease", "kept-natslint-admission-tls-leader", "-o", "jsonpath={.spec.holderIdentity}"])).toBe("one");
  } finally {
    await helm("uninstall", "kept", ...flags);
  }
});
