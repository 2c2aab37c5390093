// Starts a real API server with an empty store on 127.0.0.1, for tests and for trying things out. No controllers run: objects are
// judged and kept, but no pod starts, a deleted namespace stays, and nobody makes the default service account.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { makeAuthority, makeCertificate, makeRsaKey } from "./certificates.ts";
import { installProgram } from "./kubernetes.ts";

/** How to reach a running API server; plain data, so that it can be handed to another process. */
export interface ApiServer {
  readonly url: string;
  /** Of an administrator whom no rule of access stops. */
  readonly token: string;
  readonly kubeconfig: string;
  /** The authority that signed its certificate, a file in PEM. */
  readonly authority: string;
  /** Holds `audit.log`, `log/` and `pki/`. Gone when it stops. */
  readonly folder: string;
}

export interface RunningApiServer extends ApiServer {
  /** Ends the API server alone, as a failing node would; the store goes on. */
  readonly interrupt: () => Promise<void>;
  /** Starts it again at the same address, and waits until it is ready. */
  readonly resume: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** Starts both, which takes about four seconds, and waits until the API server is ready. Builds the programs if they are not there. */
export async function startApiServer(): Promise<RunningApiServer> {
  const programs = { etcd: installProgram("etcd"), api: installProgram("kube-apiserver") };
  const folder = mkdtempSync(join(tmpdir(), "natslint-api-server-"));
  const pki = join(folder, "pki");
  for (const name of [pki, join(folder, "log")]) mkdirSync(name, { mode: 0o700 });
  const [port, client, peer] = await freePorts(3);
  const authority = makeAuthority(pki, "authority").certificate;
  const own = makeCertificate({ certificate: authority, key: join(pki, "authority.key") }, pki, "api", { names: ["IP:127.0.0.1", "DNS:localhost"] });
  const serviceAccounts = makeRsaKey(join(pki, "service-accounts.key"));
  const api: ApiServer = { url: `https://127.0.0.1:${port}`, token: "administrator", kubeconfig: join(folder, "kubeconfig"), authority, folder };
  writeFileSync(join(folder, "tokens.csv"), `${api.token},administrator,1,"system:masters"\n`);
  writeFileSync(join(folder, "audit.yaml"), auditPolicy);
  writeFileSync(api.kubeconfig, kubeconfig(api), { mode: 0o600 });

  const store = launch(folder, "etcd", programs.etcd, [
    `--data-dir=${join(folder, "etcd")}`,
    "--unsafe-no-fsync",
    "--log-level=error",
    `--listen-client-urls=http://127.0.0.1:${client}`,
    `--advertise-client-urls=http://127.0.0.1:${client}`,
    `--listen-peer-urls=http://127.0.0.1:${peer}`,
    `--initial-advertise-peer-urls=http://127.0.0.1:${peer}`,
    `--initial-cluster=default=http://127.0.0.1:${peer}`,
  ]);
  const flags = [
    `--etcd-servers=http://127.0.0.1:${client}`,
    "--bind-address=127.0.0.1",
    "--advertise-address=127.0.0.1",
    `--secure-port=${port}`,
    `--cert-dir=${pki}`,
    `--tls-cert-file=${own.certificate}`,
    `--tls-private-key-file=${own.key}`,
    `--client-ca-file=${authority}`,
    `--token-auth-file=${join(folder, "tokens.csv")}`,
    "--service-account-issuer=https://kubernetes.default.svc",
    `--service-account-key-file=${serviceAccounts}`,
    `--service-account-signing-key-file=${serviceAccounts}`,
    "--service-cluster-ip-range=10.0.0.0/24",
    "--authorization-mode=RBAC",
    // Asks for the default service account, which a controller would make.
    "--disable-admission-plugins=ServiceAccount",
    "--endpoint-reconciler-type=none",
    `--audit-policy-file=${join(folder, "audit.yaml")}`,
    `--audit-log-path=${join(folder, "audit.log")}`,
  ];
  let server = launch(folder, "kube-apiserver", programs.api, flags);
  const stop = async (): Promise<void> => {
    await end(server);
    await end(store);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await ready(api, () => server, store);
  } catch (failure) {
    await stop();
    throw failure;
  }
  return {
    ...api,
    interrupt: () => end(server),
    async resume() {
      server = launch(folder, "kube-apiserver", programs.api, flags);
      await ready(api, () => server, store);
    },
    stop,
  };
}

/** Ports of 127.0.0.1 that nobody listens on at this moment, all different. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer().listen(0, "127.0.0.1");
      await once(server, "listening");
      return server;
    }),
  );
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map((server) => new Promise((closed) => server.close(closed))));
  return ports;
}

function launch(folder: string, name: string, program: string, args: readonly string[]): ChildProcess {
  const log = openSync(join(folder, "log", `${name}.log`), "a");
  const child = spawn(program, args, { stdio: ["ignore", log, log] });
  // Whoever started it may end before it is stopped.
  process.once("exit", () => child.kill("SIGKILL"));
  return child;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, "exit");
  child.kill("SIGTERM");
  const patience = setTimeout(() => child.kill("SIGKILL"), 5_000);
  await exited;
  clearTimeout(patience);
}

/** `/readyz` may be ok a moment before there is a namespace to put anything into. */
async function ready(api: ApiServer, server: () => ChildProcess, store: ChildProcess): Promise<void> {
  const { Agent, request } = await import("node:https");
  const agent = new Agent({ ca: readFileSync(api.authority) });
  const asks = (path: string): Promise<boolean> =>
    new Promise((resolve) => {
      const asked = request(`${api.url}${path}`, { agent, headers: { authorization: `Bearer ${api.token}` } }, (answer) => {
        answer.resume();
        resolve(answer.statusCode === 200);
      });
      asked.on("error", () => resolve(false));
      asked.end();
    });
  for (const deadline = Date.now() + 90_000; Date.now() < deadline; await sleep(200)) {
    if (server().exitCode !== null || store.exitCode !== null) break;
    if ((await asks("/readyz")) && (await asks("/api/v1/namespaces/default"))) return;
  }
  const said = ["etcd", "kube-apiserver"].map((name) => readFileSync(join(api.folder, "log", `${name}.log`), "utf8").slice(-2_000));
  throw new Error(`the API server did not become ready:\n${said.join("\n")}`);
}

function kubeconfig({ url, token, authority }: ApiServer): string {
  return JSON.stringify({
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name: "test", cluster: { server: url, "certificate-authority": authority } }],
    users: [{ name: "administrator", user: { token } }],
    contexts: [{ name: "test", context: { cluster: "test", user: "administrator", namespace: "default" } }],
    "current-context": "test",
  });
}

/** Who asked for which change, and what admission noted about it; without bodies. */
const auditPolicy = JSON.stringify({
  apiVersion: "audit.k8s.io/v1",
  kind: "Policy",
  omitStages: ["RequestReceived"],
  rules: [
    { level: "None", verbs: ["get", "list", "watch"] },
    {
      level: "None",
      resources: [
        { group: "", resources: ["events"] },
        { group: "coordination.k8s.io", resources: ["leases"] },
      ],
    },
    { level: "Metadata" },
  ],
});

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const api = await startApiServer();
  process.stdout.write(`export KUBECONFIG=${api.kubeconfig}\n`);
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => void api.stop());
}
