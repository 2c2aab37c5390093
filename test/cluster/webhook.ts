// natslint's webhook as a process of its own, and the chart's configuration of it, led to the process instead of a Service.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inject } from "vitest";
import { type ApiServer, freePorts } from "../../tools/api-server.ts";
import { type KeyPair, makeAuthority, makeCertificate } from "../../tools/certificates.ts";
import { installProgram } from "../../tools/kubernetes.ts";
import { root } from "../../tools/opa.ts";
import { objects, render } from "../deploy/chart.ts";
import { did, kubectl, until } from "./kubectl.ts";

/** Authorities and certificates of one test, in a folder of their own. */
export interface Certificates {
  readonly folder: string;
  readonly authority: KeyPair;
  /** For `localhost`, signed by the authority; several replicas serve the same. */
  readonly served: KeyPair;
}

export function certificates(): Certificates {
  const folder = mkdtempSync(join(tmpdir(), "natslint-webhook-"));
  const authority = makeAuthority(folder, "first");
  return { folder, authority, served: makeCertificate(authority, folder, "served", { names: SERVED_NAMES }) };
}

export const SERVED_NAMES: readonly string[] = ["IP:127.0.0.1", "DNS:localhost"];

export function forget({ folder }: Certificates): void {
  rmSync(folder, { recursive: true, force: true });
}

export interface Webhook {
  readonly port: number;
  readonly process: ChildProcess;
  /** What it has written to its log so far. */
  readonly log: () => string;
  /** The value of a metric, added up over its labels; 0 where there is none. */
  readonly metric: (name: string, labels?: string) => Promise<number>;
  /** Sends the signal, and gives the exit code once it has ended. */
  readonly end: (signal?: "SIGTERM" | "SIGKILL") => Promise<number | null>;
}

export interface WebhookOptions {
  /** Absent: the flags say where it comes from. */
  readonly served?: KeyPair;
  readonly flags?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly api?: ApiServer;
}

/** Starts the built command and waits until it is ready. */
export async function startWebhook({ served, flags = [], env = {}, api = inject("api") }: WebhookOptions): Promise<Webhook> {
  const [port = 0, healthPort = 0] = await freePorts(2);
  const files = served === undefined ? [] : [`--tls-cert=${served.certificate}`, `--tls-key=${served.key}`];
  const usual = [`--port=${port}`, `--health-port=${healthPort}`, `--kubeconfig=${api.kubeconfig}`, ...files];
  const child = spawn(process.execPath, [join(root, "dist", "cli.js"), "serve", "admission", ...usual, ...flags], {
    // Draining as in a cluster, only sooner.
    env: { PATH: process.env["PATH"], HOST: "127.0.0.1", NATSLINT_DRAIN_SECONDS: "3", NATSLINT_DRAIN_QUIET_SECONDS: "2", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let log = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text: string) => (log += text));
  const ask = async (path: string): Promise<Response | undefined> => fetch(`http://127.0.0.1:${healthPort}${path}`).catch(() => undefined);
  const ended = once(child, "exit");
  const webhook: Webhook = {
    port,
    process: child,
    log: () => log,
    async metric(name, labels = "") {
      const text = (await (await ask("/metrics"))?.text()) ?? "";
      const lines = text.split("\n").filter((line) => (line.startsWith(`${name}{`) || line.startsWith(`${name} `)) && line.includes(labels));
      return lines.reduce((sum, line) => sum + Number(line.split(" ").at(-1)), 0);
    },
    async end(signal = "SIGTERM") {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal);
      const [code] = await ended;
      return code as number | null;
    },
  };
  try {
    await until(
      "natslint is ready",
      async () => {
        if (child.exitCode !== null) throw new Error(`natslint ended with ${child.exitCode}`);
        return (await ask("/readyz"))?.ok === true;
      },
      40_000,
    );
  } catch (failure) {
    await webhook.end("SIGKILL");
    throw new Error(`${(failure as Error).message}\n${log}`);
  }
  return webhook;
}

export interface Wiring {
  /** Of the webhook itself, or of what stands before several. */
  readonly port: number;
  /** Files in PEM whose certificates the API server is to trust; none where natslint itself fills them in. */
  readonly authorities: readonly string[];
  /** Further values of the chart, as `--set` takes them. */
  readonly values?: readonly string[];
}

/** Applies the chart's configuration with all its rules and conditions, only that its calls go to a port of this machine. */
export async function configure({ port, authorities, values = [] }: Wiring, api: ApiServer = inject("api")): Promise<void> {
  installProgram("helm");
  const [configuration] = objects(render(...values.flatMap((value) => ["--set", value]))).filter(({ kind }) => kind === "ValidatingWebhookConfiguration");
  if (configuration === undefined) throw new Error("the chart renders no configuration");
  const bundle = authorities.map((path) => readFileSync(path, "utf8")).join("");
  const caBundle = bundle === "" ? {} : { caBundle: Buffer.from(bundle).toString("base64") };
  const webhooks = (configuration["webhooks"] as { readonly clientConfig: { readonly service: { readonly path: string } } }[]).map((one) => ({
    ...one,
    clientConfig: { url: `https://localhost:${port}${one.clientConfig.service.path}`, ...caBundle },
  }));
  await did(["apply", "-f", "-"], [{ ...configuration, webhooks }], api);
}

/** Waits until a dry run of these objects is answered so: a new configuration takes a moment. */
export async function settled(answer: RegExp, probe: readonly object[], api: ApiServer = inject("api")): Promise<void> {
  await until(`the API server says ${answer}`, async () => {
    const { stdout, stderr } = await kubectl(["apply", "--dry-run=server", "-f", "-"], probe, api);
    return answer.test(`${stdout}${stderr}`);
  });
}

/** What the chart's notes tell to do when natslint stands in the way. */
export async function removeWebhook(api: ApiServer = inject("api")): Promise<void> {
  await did(["delete", "validatingwebhookconfiguration", "natslint", "--ignore-not-found"], "", api);
}
