// natslint's webhook as a process of its own, as the benches ask it: on 127.0.0.1, with certificates made for the run.
import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { type Agent, createServer, request } from "node:https";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { makeAuthority, makeLeaf } from "../service/doors/admission/authority.ts";
import { root } from "../tools/opa.ts";

export const NAME = "natslint.bench.svc";

/** A pair that is valid for as long as a bench takes, in `folder` as tls.crt and tls.key. */
export interface Certificates {
  readonly folder: string;
  readonly authority: string;
  readonly leaf: { readonly certificate: string; readonly key: string };
  /** Writes another pair in its place. */
  readonly renew: () => Promise<void>;
}

export async function certificates(folder: string): Promise<Certificates> {
  const authority = await makeAuthority(Date.now(), 2);
  const write = async (): Promise<Certificates["leaf"]> => {
    const leaf = await makeLeaf(authority, [NAME, "localhost"], Date.now(), 1);
    writeFileSync(join(folder, "tls.crt"), leaf.certificate);
    writeFileSync(join(folder, "tls.key"), leaf.key);
    return leaf;
  };
  const leaf = await write();
  return { folder, authority: authority.certificate, leaf, renew: async () => void (await write()) };
}

export interface Served {
  readonly port: number;
  readonly child: ChildProcess;
  /** Milliseconds from the start of the process until it said that it is ready. */
  readonly readyAfter: number;
}

export async function startAdmission({ folder }: Certificates, args: readonly string[]): Promise<Served> {
  const began = performance.now();
  const env = { ...process.env, HOST: "127.0.0.1", NATSLINT_TLS_CERT: join(folder, "tls.crt"), NATSLINT_TLS_KEY: join(folder, "tls.key") };
  const all = ["serve", "admission", "--port", "0", "--health-port", "0", "--max-mode", "deny", ...args];
  const child = spawn(process.execPath, [join(root, "dist/cli.js"), ...all], { env, stdio: ["ignore", "pipe", "inherit"] });
  let text = "";
  child.stdout.setEncoding("utf8").on("data", (part: string) => {
    if (text.length < 10_000) text += part;
  });
  for (;;) {
    const [, port, healthPort] = /"port":(\d+),"healthPort":(\d+)/.exec(text) ?? [];
    if (port !== undefined && (await fetch(`http://127.0.0.1:${healthPort}/readyz`)).status === 200)
      return { port: Number(port), child, readyAfter: performance.now() - began };
    if (child.exitCode !== null) throw new Error(`the webhook ended: ${text}`);
    await pause(10);
  }
}

/** Answers every request with what `answer` makes of its body, and does nothing else. */
export async function startEmpty(
  { leaf }: Certificates,
  answer: (body: string) => string = () => "{}",
): Promise<{ readonly port: number; readonly end: () => void }> {
  const server = createServer({ cert: leaf.certificate, key: leaf.key }, (incoming, response) => {
    let text = "";
    incoming.setEncoding("utf8").on("data", (part: string) => (text += part));
    incoming.on("end", () => response.setHeader("Content-Type", "application/json").end(answer(text)));
  }).listen(0, "127.0.0.1");
  await pause(100);
  const end = (): void => {
    server.close();
    server.closeAllConnections();
  };
  return { port: (server.address() as AddressInfo).port, end };
}

export interface Posted {
  readonly status: number;
  readonly text: string;
}

export interface Target {
  readonly port: number;
  readonly path: string;
  readonly method?: "POST" | "PUT" | "DELETE";
  readonly headers?: Readonly<Record<string, string>>;
}

/** Sends a body, and gives the whole answer. */
export function send(agent: Agent, { port, path, method = "POST", headers = {} }: Target, body: string): Promise<Posted> {
  return new Promise((resolve, reject) => {
    const options = { host: "127.0.0.1", port, path, method, agent, headers: { "Content-Type": "application/json", ...headers } };
    const sent = request(options, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (part: string) => (text += part));
      response.on("end", () => resolve({ status: response.statusCode ?? 0, text }));
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

/** Resident memory in MB. */
export function memory({ pid }: ChildProcess): number {
  const kilobytes = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return Math.round(Number(kilobytes) / 1024);
}
