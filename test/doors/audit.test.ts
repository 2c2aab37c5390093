// natslint audit: what it says of a dump and of a cluster, what it could not see, and how it is called wrongly.
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type FakeApi, fakeApi, type FakeObject } from "../host/cluster/fake-api.ts";
import { folder, json, lines, natslint } from "./world.ts";

const labels = { app: "nats" };

/** A StatefulSet as the API server gives it: with what it writes itself. */
function statefulSet(namespace: string, replicas: number, more: object = {}): FakeObject & { apiVersion: string; kind: string } {
  const containers = [
    { name: "nats", image: "nats:2.10.18-alpine", args: ["--config", "/etc/nats/nats.conf"], volumeMounts: [{ name: "config", mountPath: "/etc/nats" }] },
  ];
  const spec = { containers, volumes: [{ name: "config", configMap: { name: "nats-config" } }] };
  return {
    apiVersion: "apps/v1",
    kind: "StatefulSet",
    metadata: { name: "nats", namespace, labels, managedFields: [{ manager: "kubectl" }], ...more },
    spec: { replicas, serviceName: "nats", selector: { matchLabels: labels }, template: { metadata: { labels }, spec } },
    status: { readyReplicas: replicas },
  };
}

function configMap(namespace: string, conf: string): FakeObject & { apiVersion: string; kind: string } {
  return { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "nats-config", namespace }, data: { "nats.conf": conf } };
}

const CLUSTER = "cluster {\n  name: events\n  port: 6222\n  routes: [nats://nats-0.nats:6222]\n}\n";
const few = "messaging/nats.statefulset.yaml";

describe("a dump", () => {
  const dump = (...items: object[]): string => JSON.stringify({ apiVersion: "v1", kind: "List", items });
  const args = ["audit", "--environment", "production", "--from", "dump.json"];

  test("of JSON, with a finding at the object and its field", async () => {
    const cwd = folder({ "dump.json": dump(statefulSet("messaging", 2), configMap("messaging", CLUSTER)) });
    const { report, stderr, code } = await json(args, { cwd });
    expect(lines(report).filter((line) => line.includes("cluster-min-replicas"))).toEqual([`${few}:9:13 error cluster-min-replicas`]);
    expect(code).toBe(1);
    expect(stderr).toBe("natslint: the dump holds no nodes, so what depends on them is not judged; add nodes to what kubectl gets\n");
    const text = await natslint(args, { cwd });
    expect(text.stdout).toContain("  StatefulSet nats in messaging: spec.replicas\n");
    expect(text.stdout).toContain("2 objects checked");
  });

  test("of a kind alone, whose members do not say what they are", async () => {
    const { apiVersion, kind, ...bare } = statefulSet("messaging", 2);
    const cwd = folder({
      "sets.json": JSON.stringify({ apiVersion, kind: `${kind}List`, items: [bare] }),
      "rest.yaml": `---\n${dump(configMap("messaging", CLUSTER))}\n`,
    });
    const { report } = await json(["audit", "--environment", "production", "--from", "sets.json", "rest.yaml"], { cwd });
    expect(lines(report)).toContain(`${few}:9:13 error cluster-min-replicas`);
  });

  test("with nodes counts them, unless the settings know better", async () => {
    const objects = [statefulSet("messaging", 3), configMap("messaging", CLUSTER)];
    const nodes = [1, 2].map((number) => ({ apiVersion: "v1", kind: "Node", metadata: { name: `node-${number}` } }));
    const without = await json(args, { cwd: folder({ "dump.json": dump(...objects) }) });
    const withNodes = await json(args, { cwd: folder({ "dump.json": dump(...objects, ...nodes) }) });
    const known = await json(args, { cwd: folder({ "dump.json": dump(...objects, ...nodes), "natslint.yaml": "cluster:\n  nodes: 9\n" }) });
    expect(withNodes.report).not.toEqual(without.report);
    expect(known.report.findings.map(({ message }) => message)).not.toEqual(withNodes.report.findings.map(({ message }) => message));
  });

  test("with a Secret leaves it alone, wherever it stands", async () => {
    const secret = { apiVersion: "v1", kind: "Secret", metadata: { name: "nats-config", namespace: "messaging" }, stringData: { "nats.conf": "trace: true" } };
    const { report, stdout } = await json(args, { cwd: folder({ "dump.json": dump(statefulSet("messaging", 3), secret) }) });
    expect(report.files.map(({ path }) => path)).toEqual([few]);
    expect(stdout).not.toContain("trace");
  });

  test("goes by patterns of the settings and by annotations, as files do", async () => {
    const ignored = statefulSet("messaging", 2, { annotations: { "natslint/ignore": "cluster-min-replicas -- the third node is ordered" } });
    const settings = "ignore: [lab/]\nenvironments:\n  staging: [messaging/]\n";
    const cwd = folder({ "dump.json": dump(ignored, statefulSet("lab", 2), configMap("messaging", CLUSTER)), "natslint.yaml": settings });
    const { report, code } = await json(["audit", "--from", "dump.json"], { cwd });
    expect(report.files.map(({ path }) => path)).toEqual(["messaging/nats-config.configmap.yaml", few]);
    const [suppressed] = report.findings.filter(({ rule }) => rule === "cluster-min-replicas");
    expect(suppressed).toMatchObject({ suppressed: { reason: "the third node is ordered" }, environments: ["staging"] });
    expect(code).toBe(0);
  });

  test("is judged by the presets of flags and settings", async () => {
    const files = { "dump.json": dump(statefulSet("messaging", 2), configMap("messaging", CLUSTER)) };
    const few = async (more: readonly string[], settings = ""): Promise<boolean> => {
      const { report } = await json([...args, ...more], { cwd: folder({ ...files, "natslint.yaml": settings }) });
      return report.findings.some(({ rule }) => rule === "cluster-min-replicas");
    };
    expect(await few([])).toBe(true);
    expect(await few([], "extends: security\n")).toBe(false);
    expect(await few(["--preset", "strict"], "extends: security\n")).toBe(true);
  });

  test.each([
    ["nothing", "", "it is empty"],
    ["broken YAML", "a: [", "line 1 is no YAML"],
    ["no object", "a: 1\n", "it holds no object of Kubernetes"],
  ])("that is %s is said", async (_what, text, sentence) => {
    const { stdout, stderr } = await natslint(args, { cwd: folder({ "dump.json": text }) });
    expect(stdout + stderr).toContain(sentence);
  });
});

describe("a cluster", () => {
  let api: FakeApi;
  beforeEach(async () => {
    api = await fakeApi();
    api.put("statefulsets", statefulSet("messaging", 2));
    api.put("configmaps", configMap("messaging", CLUSTER));
    api.put("nodes", { metadata: { name: "one" } });
  });
  afterEach(() => api.close());

  const audit = (...more: string[]): ReturnType<typeof json> => json(["audit", "--kubeconfig", api.kubeconfig, "--environment", "production", ...more]);

  test("is listed without its Secrets, and says which kinds it does not have", async () => {
    const { report, stderr, code } = await audit();
    expect(lines(report)).toContain(`${few}:10:13 error cluster-min-replicas`);
    expect(stderr).toBe("natslint: the cluster has no custom resources of jetstream.nats.io, nats.io, streaming.nats.io\n");
    expect(code).toBe(1);
    expect(api.requests.filter(({ what }) => /secret|watch/i.test(what))).toEqual([]);
  });

  test("of many objects is read in pages of 200, and keeps what concerns NATS", async () => {
    for (let number = 0; number < 450; number++) api.put("configmaps", { metadata: { name: `other-${number}`, namespace: "shop" }, data: { key: "value" } });
    const { report } = await audit();
    expect(api.count("list configmaps")).toBe(3);
    expect(report.files.map(({ path }) => path)).toEqual(["messaging/nats-config.configmap.yaml", few]);
  });

  test("where a kind may not be listed: it is said in each report, and the rest is judged", async () => {
    api.switches.status = { networkpolicies: 403, nodes: 403 };
    const { report } = await audit();
    expect(report.files.filter(({ state }) => state === "unreadable").map(({ path }) => path)).toEqual(["networkpolicies.networking.k8s.io", "nodes"]);
    expect(lines(report)).toContain(`${few}:10:13 error cluster-min-replicas`);
    const { stdout } = await natslint(["audit", "--kubeconfig", api.kubeconfig]);
    expect(stdout).toContain("nodes: not read: the API server does not allow GET /api/v1/nodes (403)");
    expect(stdout).toContain("2 not read");
  });

  test.each([
    ["nothing may be listed", { "*": 403 }, "no workload can be listed: the API server does not allow GET /apis/apps/v1/statefulsets (403)"],
    ["the API server is ill", { "*": 503 }, "the API server cannot answer GET /apis/apps/v1/statefulsets now (503)"],
  ])("where %s: exit code 2", async (_what, status, sentence) => {
    api.switches.status = status as unknown as Record<string, number>;
    expect(await natslint(["audit", "--kubeconfig", api.kubeconfig])).toEqual({ code: 2, stdout: "", stderr: `natslint: ${sentence}\n` });
  });

  test("that is not there: exit code 2, with the reason", async () => {
    await api.stop();
    const { code, stderr } = await natslint(["audit", "--kubeconfig", api.kubeconfig]);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: "natslint: the API server cannot be reached for GET /apis/apps/v1/statefulsets (ECONNREFUSED)\n",
    });
  });

  test("without any kind of report says so", async () => {
    const { code, stderr } = await audit("--policy-report");
    expect(code).toBe(2);
    expect(stderr).toContain("--policy-report: the cluster knows neither PolicyReport (wgpolicyk8s.io) nor Report (openreports.io)");
  });
});

test("audit without any kubeconfig says where it looked", async () => {
  vi.stubEnv("KUBECONFIG", undefined);
  vi.stubEnv("HOME", folder());
  const { code, stderr } = await natslint(["audit"]);
  vi.unstubAllEnvs();
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: "natslint: no cluster is known: KUBECONFIG is not set, there is no ~/.kube/config, and this is no pod with a service account\n",
  });
});

test.each([
  [["--kubeconfig", "none.yaml"], "none.yaml: it does not exist"],
  [["--kubeconfig", "broken.yaml"], "broken.yaml: it names no cluster"],
  [["--kubeconfig", "one.yaml", "--context", "other"], 'the kubeconfig has no context "other"; it has fake'],
  [["--from", "none.json"], "--from: none.json: it does not exist"],
  [["--from", "dump.json", "--context", "fake"], "--context needs a cluster, and --from reads a dump without one"],
  [["--namespace", "a,,b"], '--namespace takes names of namespaces with commas between, not "a,,b"'],
  [["--set", "a=b"], "audit takes no --set: what runs says it itself"],
  [["--base", "main"], "audit takes no --base: what runs says it itself"],
  [["--chart", "nats@2.14.2"], "audit takes no --chart: what runs says it itself"],
])("audit %j is refused with a sentence", async (args, sentence) => {
  const one = "{clusters: [], users: [], contexts: [{name: fake, context: {cluster: x, user: y}}], current-context: fake}";
  const cwd = folder({ "broken.yaml": "- a", "one.yaml": one, "dump.json": "{}" });
  const { code, stderr } = await natslint(["audit", ...args], { cwd });
  expect({ code, stderr: stderr.replaceAll(`${cwd}/`, "") }).toEqual({ code: 2, stderr: `natslint: ${sentence}\n` });
});
