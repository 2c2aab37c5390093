// What a verdict does to a request: modes, ratchet, exemptions. Lines 60 to 66 of the fault list.
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { fakeApi } from "../../host/cluster/fake-api.ts";
import { harness, sharedLinter } from "../github/harness.ts";
import { natslint } from "../world.ts";
import { BAD_RULE, bad, configMap, good, helmRelease, type Loose, review, statefulSet } from "./reviews.ts";
import { type How, type Served, serve, until } from "./serve.ts";

const open: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

/** What the objects here leave out, since a verdict is about one thing. */
const LEFT_OUT = ["auth-disabled", "cluster-auth-disabled", "image-unsupported-line", "no-lame-duck-hook", "routes-do-not-cover-pods"];

async function webhook(how: How = {}): Promise<Served> {
  const served = await serve({ settings: `rules: { ${LEFT_OUT.map((rule) => `${rule}: off`).join(", ")} }\n`, ...how });
  open.push(served.stop);
  return served;
}

describe("60 exemptions are a privilege", () => {
  const namespace = (labels: Loose): Loose => ({ apiVersion: "v1", kind: "Namespace", metadata: { name: "shop", labels } });
  const guard = { path: "/v1/admit-label" };

  test("60 the label that switches natslint off is refused to who may not set it", async () => {
    const { ask } = await webhook({ env: { NATSLINT_LABEL_EDITORS: "system:masters,root" } });
    const labelled = namespace({ "natslint/ignore": "true" });
    const plain = namespace({ team: "a" });
    const refused = await ask(review(labelled), guard);
    expect(refused).toMatchObject({ allowed: false, status: { code: 403, reason: "Forbidden" } });
    expect(refused.status.message).toContain("natslint/ignore");
    expect(await ask(review(labelled, plain), guard)).toMatchObject({ allowed: false });
    for (const [object, old] of [
      [plain, null],
      [plain, labelled],
      [labelled, labelled],
      [null, labelled],
    ] as const)
      expect(await ask(review(object, old), guard)).toMatchObject({ allowed: true });
    expect(await ask(review(labelled, null, { userInfo: { username: "root" } }), guard)).toMatchObject({ allowed: true });
    expect(await ask(review(labelled, null, { userInfo: { username: "x", groups: ["system:masters"] } }), guard)).toMatchObject({ allowed: true });
  });

  test("60 an ignore annotation needs a reason: without one it is warned of, and ignores nothing", async () => {
    const { ask } = await webhook();
    const ignoring = (text: string): Loose => bad({ metadata: { annotations: { "natslint/ignore": text } } });
    const without = await ask(review(ignoring(BAD_RULE)));
    expect(without.allowed).toBe(false);
    expect(without.warnings).toEqual([expect.stringMatching(/^\[suppression-without-reason\]/)]);
    expect(await ask(review(ignoring(`${BAD_RULE} -- two nodes are all there is`)))).toMatchObject({ allowed: true, auditAnnotations: { result: "ok" } });
  });
});

test("the presets of the settings decide which rules are asked", async () => {
  const { ask } = await webhook({ settings: "extends: security\n" });
  expect(await ask(review(bad()))).toMatchObject({ allowed: true });
  const all = await webhook({ settings: "extends: [security, recommended]\n" });
  expect(await all.ask(review(bad()))).toMatchObject({ allowed: false });
});

describe("61 the ratchet", () => {
  test("61 what was bad before is warned of, what becomes bad is denied", async () => {
    const { ask } = await webhook();
    const changed = { spec: { minReadySeconds: 5 } };
    expect(await ask(review(bad(changed), good()))).toMatchObject({ allowed: false });
    const same = await ask(review(bad(changed), bad()));
    expect(same).toMatchObject({ allowed: true, auditAnnotations: { result: "warn", rules: BAD_RULE } });
    expect(same.warnings).toHaveLength(1);
    expect(await ask(review(good(changed), bad()))).toMatchObject({ allowed: true, auditAnnotations: { result: "ok" } });
  });
});

describe("62 requests that mend or clean up", () => {
  const finalizers = { metadata: { finalizers: ["a/b"] } };
  test("62 the removal of a finalizer passes, and what is being deleted too", async () => {
    const { ask } = await webhook();
    expect(await ask(review(bad(), bad(finalizers)))).toMatchObject({ allowed: true, auditAnnotations: { result: "ok" } });
    const deleted = bad({ metadata: { deletionTimestamp: "2026-01-01T00:00:00Z", finalizers: ["a/b"] }, spec: { paused: true } });
    expect(await ask(review(deleted, good()))).toMatchObject({ allowed: true, auditAnnotations: { result: "ok" } });
  });
  test("62 a change of metadata alone only warns, though the same object is denied elsewhere", async () => {
    const { ask } = await webhook();
    const ignored = bad({ metadata: { annotations: { "natslint/ignore": `${BAD_RULE} -- for now` } } });
    expect(await ask(review(bad(), ignored))).toMatchObject({ allowed: true, auditAnnotations: { result: "warn" } });
  });
});

test("63 an operator that writes what it owns is warned, a person who does the same is denied", async () => {
  const { ask } = await webhook();
  const owned = bad({ metadata: { ownerReferences: [{ apiVersion: "nats.io/v1", kind: "NatsCluster", name: "nats", uid: "1", controller: true }] } });
  expect(await ask(review(owned, null, { userInfo: { username: "system:serviceaccount:ops:nats-operator" } }))).toMatchObject({
    allowed: true,
    auditAnnotations: { result: "warn" },
  });
  expect(await ask(review(owned))).toMatchObject({ allowed: false });
  expect(await ask(review(bad(), null, { userInfo: { username: "system:serviceaccount:ops:argocd" } }))).toMatchObject({ allowed: false });
});

test("64 a StatefulSet before its ConfigMap and after it: both end admitted, and the bad line is found by whoever comes last", {
  timeout: 60_000,
}, async () => {
  const api = await fakeApi();
  open.push(api.close);
  const { ask } = await webhook({ env: { NATSLINT_CLUSTER_STATE: "on", NATSLINT_KUBECONFIG: api.kubeconfig }, ready: true });
  const volumes = { volumes: [{ name: "config", configMap: { name: "nats-config" } }] };
  const container = { name: "nats", image: "nats:2.10.18", args: ["-c", "/etc/nats/nats.conf"], volumeMounts: [{ name: "config", mountPath: "/etc/nats" }] };
  const workload = statefulSet(3, { pod: { ...volumes, containers: [container] } });
  const first = await ask(review(workload));
  expect(first).toMatchObject({ allowed: true, auditAnnotations: { result: "unresolved" } });
  expect(first.warnings).toBeUndefined();
  api.put("statefulsets", workload);
  const conf = (text: string): Loose => configMap(`port: 4222\ncluster { name: nats, listen: "0.0.0.0:6222" }\n${text}`);
  // The watch brings the StatefulSet a moment later.
  const denied = await until(
    async () => {
      const response = await ask(review(conf("authorization { user: a, password: 12e45ab }\n")));
      return response.allowed ? undefined : response;
    },
    () => "the StatefulSet was never seen",
  );
  expect(denied.status.details.causes).toMatchObject([{ reason: "password-leading-digit", field: "data[nats.conf]" }]);
  expect(await ask(review(conf("")))).toMatchObject({ allowed: true });
  api.put("configmaps", conf(""));
  await until(
    async () => ((await ask(review(workload))).auditAnnotations.result === "ok" ? true : undefined),
    () => "the ConfigMap was never read",
  );
});

test("28 a Scale with a known parent is judged as the parent with that number", { timeout: 60_000 }, async () => {
  const api = await fakeApi();
  open.push(api.close);
  api.put("statefulsets", good());
  const { ask } = await webhook({ env: { NATSLINT_CLUSTER_STATE: "on", NATSLINT_KUBECONFIG: api.kubeconfig } });
  const scale = (replicas: number): Loose => ({
    apiVersion: "autoscaling/v1",
    kind: "Scale",
    metadata: { name: "nats", namespace: "production" },
    spec: { replicas },
  });
  const to = (replicas: number): Promise<Loose> =>
    ask(review(scale(replicas), scale(3), { subResource: "scale", resource: { group: "apps", version: "v1", resource: "statefulsets" } }));
  expect(await to(2)).toMatchObject({ allowed: false, status: { details: { causes: [{ reason: BAD_RULE, field: "spec.replicas" }] } } });
  for (const replicas of [0, 4, 5]) expect(await to(replicas)).toMatchObject({ allowed: true, auditAnnotations: { result: "ok" } });
});

test("65 modes by rule and namespace, the nearest word wins, the cap above all", async () => {
  const settings = `environments: {production: ["**"]}
admission:
  mode: warn
  rules: {${BAD_RULE}: deny}
  namespaces:
    - {match: ["dev-*"], mode: off}
    - {match: [stage], mode: dryrun}
    - {match: [strict], rules: {${BAD_RULE}: deny}, mode: off}
`;
  const results = async (served: Served): Promise<string[]> => {
    const found: string[] = [];
    for (const namespace of ["production", "dev-a", "stage", "strict", "stages"]) {
      const response = await served.ask(review({ ...bad(), metadata: { name: "nats", namespace } }));
      const warnings = (response.warnings ?? []).filter((warning: string) => warning.startsWith(`[${BAD_RULE}]`));
      found.push(`${namespace} ${response.allowed} ${response.auditAnnotations.result} ${warnings.length}`);
    }
    return found;
  };
  expect(await results(await webhook({ settings }))).toEqual([
    "production false deny 0",
    "dev-a true ok 0",
    "stage true dryrun 0",
    "strict false deny 0",
    "stages false deny 0",
  ]);
  expect((await results(await webhook({ settings, env: { NATSLINT_MAX_MODE: "dryrun" } })))[0]).toBe("production true dryrun 0");
  expect((await results(await webhook({ settings, env: { NATSLINT_MAX_MODE: "" } })))[0]).toBe("production true warn 1");
});

test("66 the same object through the command line, a pull request and the webhook gives the same rules", { timeout: 120_000 }, async () => {
  const { ask } = await webhook({ settings: "" });
  open.push(async () => await (await sharedLinter()).close());
  const folder = mkdtempSync(join(tmpdir(), "natslint-same-"));
  const objects = [
    bad(),
    statefulSet(4, { pod: { affinity: null } }),
    helmRelease({ nonsense: 1, config: { cluster: { enabled: true, replicas: 2 }, merge: { trace: true } } }),
    good(),
  ];
  for (const object of objects) {
    const path = join(folder, "object.json");
    writeFileSync(path, JSON.stringify(object));
    const { stdout } = await natslint([path, "--format", "json"], { cwd: folder });
    const expected = [...new Set((JSON.parse(stdout) as Loose).findings.map(({ rule }: Loose) => rule))].sort();
    const said = (await ask(review(object))).auditAnnotations.rules ?? "";
    expect(said === "" ? [] : said.split(",")).toEqual(expected);
    const pull = await harness({}, { repositories: [{ name: "acme/platform", branches: { main: {}, topic: { "object.json": JSON.stringify(object) } } }] });
    open.push(pull.close);
    await pull.deliver();
    const commented = pull.repository.checkRuns.flatMap(({ annotations }) => annotations.map(({ title }) => String(title)));
    expect([...new Set(commented)].sort()).toEqual(expected);
  }
});

test("24 what a cache has of the object under review does not count: the request's own object does", { timeout: 60_000 }, async () => {
  const api = await fakeApi();
  open.push(api.close);
  api.put("statefulsets", bad());
  const { ask } = await webhook({ env: { NATSLINT_CLUSTER_STATE: "on", NATSLINT_KUBECONFIG: api.kubeconfig } });
  expect(await ask(review(good(), bad()))).toMatchObject({ allowed: true, auditAnnotations: { result: "ok" } });
  api.put("statefulsets", good());
  expect(await ask(review(bad(), good()))).toMatchObject({ allowed: false });
});

test("a node that comes is known to the next review", { timeout: 60_000 }, async () => {
  const api = await fakeApi();
  open.push(api.close);
  const node = (name: string): Loose => ({ apiVersion: "v1", kind: "Node", metadata: { name, labels: { "kubernetes.io/hostname": name } }, spec: {} });
  for (const name of ["a", "b"]) api.put("nodes", node(name));
  const { ask } = await webhook({ env: { NATSLINT_CLUSTER_STATE: "on", NATSLINT_KUBECONFIG: api.kubeconfig } });
  const refused = await ask(review(good()));
  expect(refused.status.details.causes).toContainEqual(expect.objectContaining({ reason: "anti-affinity-needs-nodes" }));
  api.put("nodes", node("c"));
  await until(
    async () => ((await ask(review(good()))).allowed ? true : undefined),
    () => "the third node was never counted",
  );
  api.remove("nodes", "a");
  await until(
    async () => ((await ask(review(good()))).allowed ? undefined : true),
    () => "the node that went was never missed",
  );
});

test("a ConfigMap is judged though no server is in sight, with the cluster and without it", { timeout: 60_000 }, async () => {
  const api = await fakeApi();
  open.push(api.close);
  const faulty = configMap("port: 4222\nmax_paylod: 1MB\n");
  for (const env of [{}, { NATSLINT_CLUSTER_STATE: "on", NATSLINT_KUBECONFIG: api.kubeconfig }] as const) {
    const { ask } = await webhook({ env });
    const refused = await ask(review(faulty));
    expect(refused).toMatchObject({ allowed: false, auditAnnotations: { rules: "conf-unknown-key" } });
    expect(refused.status.details.causes).toMatchObject([{ reason: "conf-unknown-key", field: "data[nats.conf]" }]);
    // What it was before is no reason to stop who mends something else of it; what is new is.
    expect(await ask(review(configMap("port: 4223\nmax_paylod: 1MB\n"), faulty))).toMatchObject({ allowed: true, auditAnnotations: { result: "warn" } });
    expect(await ask(review(faulty, configMap("port: 4222\n")))).toMatchObject({ allowed: false });
    expect(await ask(review(configMap("server {\n  listen 80;\n}\n")))).toMatchObject({ allowed: true, auditAnnotations: { result: "ok" } });
  }
});
