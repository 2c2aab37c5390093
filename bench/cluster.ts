// What a real API server sees of the webhook: how much later it answers, and how soon natslint knows a large cluster.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { Agent } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { statefulSet } from "../test/cluster/nats-objects.ts";
import { type ApiServer, startApiServer } from "../tools/api-server.ts";
import { certificates, send, startAdmission, startEmpty } from "./admission-process.ts";
import { percentile, say, target, title } from "./print.ts";

const AT_ONCE = 50;
const ROUNDS = 20;

/** Starts an API server of its own. */
export async function cluster(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "natslint-bench-"));
  const api = await startApiServer();
  const served = await certificates(folder);
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE, ca: readFileSync(api.authority) });
  const ask = asking(api, agent);
  try {
    title("natslint beside an API server");
    await fill(ask);
    const known = await startAdmission(served, ["--kubeconfig", api.kubeconfig]);
    target("ready with 1,000 nodes and 500 StatefulSets, s", known.readyAfter / 1_000, 5);
    const empty = await startEmpty(served, allowed);
    const bundle = Buffer.from(served.authority).toString("base64");
    for (const [name, port] of [
      ["natslint", known.port],
      ["empty", empty.port],
    ] as const)
      await ask("POST", "/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations", configuration(name, port, bundle));
    await pause(3_000);
    await compare(ask);
    known.child.kill("SIGKILL");
    empty.end();
  } finally {
    agent.destroy();
    await api.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

type Ask = (method: "POST", path: string, body: object) => Promise<number>;

/** Milliseconds until the answer, which has to be a 201. */
function asking({ url, token }: ApiServer, agent: Agent): Ask {
  const port = Number(new URL(url).port);
  return async (method, path, body) => {
    const began = performance.now();
    const { status, text } = await send(agent, { port, path, method, headers: { authorization: `Bearer ${token}` } }, JSON.stringify(body));
    if (status !== 201) throw new Error(`${path}: ${status} ${text.slice(0, 300)}`);
    return performance.now() - began;
  };
}

const STATEFUL_SETS = "/apis/apps/v1/namespaces";

async function fill(ask: Ask): Promise<void> {
  for (const name of ["plain", "natslint", "empty", "filled"])
    await ask("POST", "/api/v1/namespaces", { apiVersion: "v1", kind: "Namespace", metadata: { name, labels: { judged: name } } });
  await inTurns(1_000, (index) => {
    const labels = { "kubernetes.io/hostname": `node-${index}`, "topology.kubernetes.io/zone": `zone-${index % 3}` };
    return ask("POST", "/api/v1/nodes", { apiVersion: "v1", kind: "Node", metadata: { name: `node-${index}`, labels } });
  });
  await inTurns(500, (index) => ask("POST", `${STATEFUL_SETS}/filled/statefulsets`, statefulSet({ name: `nats-${index}`, namespace: "filled" })));
}

async function inTurns<T>(count: number, each: (index: number) => Promise<T>): Promise<T[]> {
  const all: T[] = [];
  for (let from = 0; from < count; from += AT_ONCE)
    all.push(...(await Promise.all(Array.from({ length: Math.min(AT_ONCE, count - from) }, (_, index) => each(from + index)))));
  return all;
}

/** The same dry runs where nobody judges, where natslint does, and where a handler does that says yes to everything; in turn. */
async function compare(ask: Ask): Promise<void> {
  const times = new Map<string, number[]>();
  for (let round = -1; round < ROUNDS; round++)
    for (const namespace of ["plain", "natslint", "empty"]) {
      const took = await inTurns(AT_ONCE, (index) =>
        ask("POST", `${STATEFUL_SETS}/${namespace}/statefulsets?dryRun=All`, statefulSet({ name: `nats-${index}`, namespace })),
      );
      if (round >= 0) times.set(namespace, [...(times.get(namespace) ?? []), ...took]);
    }
  const at = (namespace: string, percent: number): number => percentile(times.get(namespace) ?? [], percent);
  say(`${AT_ONCE} dry runs at once, ms      p50      p99`);
  for (const namespace of times.keys()) say(`${namespace.padEnd(24)} ${at(namespace, 50).toFixed(1).padStart(8)} ${at(namespace, 99).toFixed(1).padStart(8)}`);
  target("later by natslint, median, ms", at("natslint", 50) - at("plain", 50), 5);
  target("later by natslint, p99, ms", at("natslint", 99) - at("plain", 99), 40);
}

function allowed(body: string): string {
  const { request } = JSON.parse(body) as { readonly request: { readonly uid: string } };
  return JSON.stringify({ apiVersion: "admission.k8s.io/v1", kind: "AdmissionReview", response: { uid: request.uid, allowed: true } });
}

function configuration(name: string, port: number, caBundle: string): object {
  return {
    apiVersion: "admissionregistration.k8s.io/v1",
    kind: "ValidatingWebhookConfiguration",
    metadata: { name },
    webhooks: [
      {
        name: `${name}.natslint.example.com`,
        admissionReviewVersions: ["v1"],
        sideEffects: "None",
        failurePolicy: "Fail",
        timeoutSeconds: 10,
        namespaceSelector: { matchLabels: { judged: name } },
        clientConfig: { url: `https://localhost:${port}/v1/admit`, caBundle },
        rules: [{ apiGroups: ["apps"], apiVersions: ["v1"], operations: ["CREATE", "UPDATE"], resources: ["statefulsets"] }],
      },
    ],
  };
}
